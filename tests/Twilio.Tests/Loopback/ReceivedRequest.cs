using System.Net;

namespace PhoneMasking.Twilio.Tests.Loopback;

/// <summary>A request as it came over the wire.</summary>
internal sealed record ReceivedRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    string Body)
{
    public string Path => Target.Split('?')[0];

    public IReadOnlyList<KeyValuePair<string, string>> Query => Decode(Target[Path.Length..].TrimStart('?'));

    public IReadOnlyList<KeyValuePair<string, string>> Form => Decode(Body);

    /// <summary>What the request says, wherever it says it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => [.. Query, .. Form];

    private static List<KeyValuePair<string, string>> Decode(string text) =>
        [.. text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1])))];
}
