using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace PhoneMasking.ProxyGateway.Webhooks;

/// <summary>The parameters of a webhook, read under limits. Personal data.</summary>
internal sealed class TwilioForm
{
    /// <summary>The most bytes of a webhook's body. Twilio's largest (ten pictures, 1,600 characters) stay below 16 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly FormOptions Limits = new()
    {
        BufferBody = false,
        KeyLengthLimit = 512,
        ValueCountLimit = 512,
        ValueLengthLimit = MaxBytes,
    };

    private readonly Dictionary<string, string> _first = new(StringComparer.Ordinal);

    private TwilioForm(List<KeyValuePair<string, string>> parameters)
    {
        Parameters = parameters;
        foreach (var (name, value) in parameters)
        {
            _first.TryAdd(name, value);
        }
    }

    /// <summary>All parameters as they were sent, repeated ones included: what the signature covers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>The first value of a parameter without null characters, which PostgreSQL cannot store; empty when absent.</summary>
    public string this[string name] => _first.TryGetValue(name, out var value) ? WithoutNull(value) : string.Empty;

    /// <summary>Reads a form.</summary>
    /// <exception cref="InvalidDataException">It is malformed or beyond the limits.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large, or was cut off.</exception>
    public static async Task<TwilioForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(Limits, cancellationToken);
        var parameters = new List<KeyValuePair<string, string>>(form.Count);
        foreach (var (name, values) in form)
        {
            foreach (var value in values)
            {
                parameters.Add(new(name, value ?? string.Empty));
            }
        }

        return new TwilioForm(parameters);
    }

    /// <summary>The whole form as JSON; of a repeated parameter the first value. Says so when null characters were removed.</summary>
    public string ToJson()
    {
        var removed = _first.Any(parameter => parameter.Value.Contains('\0', StringComparison.Ordinal));
        var clean = _first.ToDictionary(parameter => WithoutNull(parameter.Key), parameter => WithoutNull(parameter.Value));
        if (removed)
        {
            clean["x-null-characters-removed"] = "true";
        }

        return JsonSerializer.Serialize(clean);
    }

    private static string WithoutNull(string value) =>
        value.Contains('\0', StringComparison.Ordinal) ? value.Replace("\0", string.Empty, StringComparison.Ordinal) : value;
}
