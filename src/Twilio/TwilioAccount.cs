using System.Net.Http.Headers;
using System.Text;

namespace PhoneMasking.Twilio;

/// <summary>
/// An account (or subaccount) at Twilio, and where its APIs are. Knows the secret; does not show it.
/// </summary>
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

    /// <summary>
    /// Where the messaging API (version 1) is; may have a path, but no query. Default: what goes with
    /// <see cref="ApiBaseUri"/>, which is <c>https://messaging.twilio.com</c> for Twilio's own, a region's host for a
    /// region's (<c>messaging.dublin.ie1.twilio.com</c>), and the path <c>/messaging</c> of anything else: the auth
    /// token never goes to Twilio when the REST API is played by another.
    /// </summary>
    public Uri MessagingBaseUri { get; init => field = Base(value, nameof(MessagingBaseUri)); } =
        Beside(ApiBaseUri, "messaging");

    /// <summary>Where the Proxy API (version 1) is; the rules of <see cref="MessagingBaseUri"/> hold.</summary>
    public Uri ProxyBaseUri { get; init => field = Base(value, nameof(ProxyBaseUri)); } = Beside(ApiBaseUri, "proxy");

    /// <summary>The header that proves who asks.</summary>
    internal AuthenticationHeaderValue Authorization { get; } = new(
        "Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}")));

    /// <summary>The address of the account itself.</summary>
    internal Uri Self => new(ApiBaseUri, $"/2010-04-01/Accounts/{Uri.EscapeDataString(AccountSid)}.json");

    /// <summary>The address of one of the account's resources.</summary>
    /// <param name="path">What follows the account's id, escaped, for example <c>Messages.json</c>.</param>
    internal Uri Resource(string path) =>
        new(ApiBaseUri, $"/2010-04-01/Accounts/{Uri.EscapeDataString(AccountSid)}/{path}");

    /// <summary>An address of the messaging API.</summary>
    /// <param name="path">What follows the version, escaped, for example <c>Services</c>.</param>
    internal Uri Messaging(string path) => Below(MessagingBaseUri, path);

    /// <summary>An address of the Proxy API.</summary>
    /// <param name="path">What follows the version, escaped, for example <c>Services</c>.</param>
    internal Uri Proxy(string path) => Below(ProxyBaseUri, path);

    /// <summary>Whether an address is at one of the account's APIs: only there may the auth token go.</summary>
    internal bool IsAtTwilio(Uri uri)
    {
        var authority = uri.GetLeftPart(UriPartial.Authority);
        return authority == ApiBaseUri.GetLeftPart(UriPartial.Authority)
            || authority == MessagingBaseUri.GetLeftPart(UriPartial.Authority)
            || authority == ProxyBaseUri.GetLeftPart(UriPartial.Authority);
    }

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

    private static Uri Base(Uri uri, string name)
    {
        ArgumentNullException.ThrowIfNull(uri, name);
        return uri is { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" } && uri.Scheme is "http" or "https"
            ? uri
            : throw new ArgumentException("Expected an address such as https://messaging.twilio.com.", name);
    }

    private static Uri Beside(Uri api, string product)
    {
        const string apiHost = "api.";
        var isTwilio = api.Host.StartsWith(apiHost, StringComparison.OrdinalIgnoreCase)
            && api.Host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase);
        return isTwilio
            ? new UriBuilder(api) { Host = $"{product}.{api.Host[apiHost.Length..]}" }.Uri
            : new Uri(api, $"/{product}");
    }

    private static Uri Below(Uri start, string path) => new($"{start.AbsoluteUri.TrimEnd('/')}/v1/{path}");
}
