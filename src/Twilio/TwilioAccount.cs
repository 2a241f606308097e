using System.Net.Http.Headers;
using System.Text;

namespace PhoneMasking.Twilio;

/// <summary>An account (or subaccount) at Twilio, and where its API is. Knows the secret; does not show it.</summary>
/// <param name="AccountSid">The account's id, <c>AC</c> and 32 hexadecimal digits.</param>
/// <param name="AuthToken">The account's primary auth token.</param>
/// <param name="ApiBaseUri">
/// Scheme, host and port of the REST API, <c>https://api.twilio.com</c> in production. No path of its own.
/// </param>
public sealed record TwilioAccount(string AccountSid, string AuthToken, Uri ApiBaseUri)
{
    /// <summary>Where Twilio's REST API is.</summary>
    public static readonly Uri PublicApi = new("https://api.twilio.com");

    /// <summary>The account's id.</summary>
    public string AccountSid { get; } = Required(AccountSid, nameof(AccountSid));

    /// <summary>The account's primary auth token. A secret.</summary>
    public string AuthToken { get; } = Required(AuthToken, nameof(AuthToken));

    /// <summary>Scheme, host and port of the REST API.</summary>
    public Uri ApiBaseUri { get; } = Authority(ApiBaseUri, nameof(ApiBaseUri));

    /// <summary>The header that proves who asks.</summary>
    internal AuthenticationHeaderValue Authorization { get; } = new(
        "Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}")));

    /// <summary>The address of one of the account's resources.</summary>
    /// <param name="path">What follows the account's id, escaped, for example <c>Messages.json</c>.</param>
    internal Uri Resource(string path) =>
        new(ApiBaseUri, $"/2010-04-01/Accounts/{Uri.EscapeDataString(AccountSid)}/{path}");

    /// <summary>Returns the account's id only.</summary>
    public override string ToString() => $"TwilioAccount {AccountSid}";

    private static string Required(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }

    private static Uri Authority(Uri uri, string name)
    {
        ArgumentNullException.ThrowIfNull(uri, name);
        return uri is { IsAbsoluteUri: true, PathAndQuery: "/", UserInfo: "" } && uri.Scheme is "http" or "https"
            ? uri
            : throw new ArgumentException(
                "Expected scheme, host and port only, such as https://api.twilio.com.",
                name);
    }
}
