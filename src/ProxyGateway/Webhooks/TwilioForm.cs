using System.Text;
using System.Text.Json;

namespace PhoneMasking.ProxyGateway.Webhooks;

/// <summary>The parameters of a webhook, read under limits. Personal data.</summary>
/// <remarks>
/// Read here and not by ASP.NET Core, whose reader refuses a null character: the text that holds one would be sent again and
/// again and never come in.
/// </remarks>
internal sealed class TwilioForm
{
    /// <summary>The most bytes of a webhook's body. Twilio's largest (ten pictures, 1,600 characters) stay below 16 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most parameters, and the most characters of a parameter's name.</summary>
    public const int MaxParameters = 512;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
    /// <exception cref="BadHttpRequestException">The body is too large (413), or was cut off.</exception>
    public static async Task<TwilioForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(capacity: 2048);
        var chunk = new byte[2048];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            body.Write(chunk, 0, read);
            if (body.Length > MaxBytes)
            {
                throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            }
        }

        return new TwilioForm(Parse(body.GetBuffer().AsSpan(0, (int)body.Length)));
    }

    /// <summary>The whole form as JSON; of a repeated parameter the first value. Says so when null characters were removed.</summary>
    public string ToJson()
    {
        var clean = new Dictionary<string, string>(_first.Count, StringComparer.Ordinal);
        foreach (var (name, value) in _first)
        {
            clean.TryAdd(WithoutNull(name), WithoutNull(value));
            if (value.Contains('\0', StringComparison.Ordinal))
            {
                clean["x-null-characters-removed"] = "true";
            }
        }

        return JsonSerializer.Serialize(clean);
    }

    private static List<KeyValuePair<string, string>> Parse(ReadOnlySpan<byte> body)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (name.Length > MaxParameters || parameters.Count == MaxParameters)
            {
                throw new InvalidDataException("Beyond the limits.");
            }

            parameters.Add(new(name, equals < 0 ? string.Empty : Decode(pair[(equals + 1)..])));
        }

        return parameters;
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var index = 0; index < encoded.Length; index++)
        {
            bytes[length++] = encoded[index] switch
            {
                (byte)'+' => (byte)' ',
                (byte)'%' => (byte)((Digit(encoded, ++index) << 4) | Digit(encoded, ++index)),
                var plain => plain,
            };
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("Not UTF-8.");
        }
    }

    private static int Digit(ReadOnlySpan<byte> encoded, int index) =>
        index < encoded.Length && char.IsAsciiHexDigit((char)encoded[index])
            ? (encoded[index] & 0xF) + (encoded[index] > '9' ? 9 : 0)
            : throw new InvalidDataException("A malformed escape.");

    private static string WithoutNull(string value) =>
        value.Contains('\0', StringComparison.Ordinal) ? value.Replace("\0", string.Empty, StringComparison.Ordinal) : value;
}
