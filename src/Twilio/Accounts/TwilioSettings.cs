using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace PhoneMasking.Twilio.Accounts;

/// <summary>
/// The business's account at Twilio, and what it holds. Section <c>Twilio</c>; <c>TWILIO_ACCOUNT_SID</c>,
/// <c>TWILIO_AUTH_TOKEN</c>, <c>TWILIO_SECONDARY_AUTH_TOKEN</c>, <c>TWILIO_MESSAGING_SERVICE_SID</c> and
/// <c>TWILIO_PROXY_SERVICE_SID</c> are understood, too.
/// </summary>
public sealed class TwilioSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Twilio";

    /// <summary>The account's id: <c>AC</c> and 32 hexadecimal digits. Required.</summary>
    [Required]
    public string AccountSid { get; set; } = string.Empty;

    /// <summary>The account's primary auth token; signs the webhooks. Required, secret.</summary>
    [Required]
    public string AuthToken { get; set; } = string.Empty;

    /// <summary>
    /// A second token whose signatures on webhooks are good as well, while the auth token is rotated
    /// (docs/sops/rotate-the-auth-token.md); never used to call Twilio. Must be another one than <see cref="AuthToken"/>. Default:
    /// none. Secret.
    /// </summary>
    public string? SecondaryAuthToken { get; set; }

    /// <summary>Where Twilio's REST API is. Default: <c>https://api.twilio.com</c>.</summary>
    [Required]
    public Uri ApiBaseUrl { get; init; } = TwilioAccount.PublicApi;

    /// <summary>
    /// Scheme and host under which Twilio reaches the gateway, for example <c>https://texts.example.com</c>. Signatures
    /// are checked against it, not against what a proxy in between says. Required.
    /// </summary>
    [Required]
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>
    /// Scheme and host of a second way to the gateway, given to Twilio as the fallback of each number's webhook. Default:
    /// <see cref="PublicBaseUrl"/>, which is one more try.
    /// </summary>
    public Uri? FallbackBaseUrl { get; init; }

    /// <summary>
    /// The Messaging Service that numbers are put in: <c>MG</c> and 32 hexadecimal digits. Default: none.
    /// </summary>
    public string? MessagingServiceSid { get; set; }

    /// <summary>
    /// The Proxy Service that numbers are put in, where the account has one: <c>KS</c> and 32 hexadecimal digits. Default:
    /// none.
    /// </summary>
    public string? ProxyServiceSid { get; set; }
}

/// <summary>Checks <see cref="TwilioSettings"/> at start; collects every failure.</summary>
internal sealed class TwilioSettingsValidator : IValidateOptions<TwilioSettings>
{
    private const int SidLength = 34;

    public ValidateOptionsResult Validate(string? name, TwilioSettings options)
    {
        var failures = new List<string>();
        CheckSid("Twilio:AccountSid (or TWILIO_ACCOUNT_SID)", "AC", options.AccountSid, failures);
        if (string.IsNullOrWhiteSpace(options.AuthToken))
        {
            failures.Add("Twilio:AuthToken (or TWILIO_AUTH_TOKEN) must be the account's primary auth token.");
        }

        if (options.SecondaryAuthToken is { } other && other == options.AuthToken)
        {
            failures.Add(
                "Twilio:SecondaryAuthToken (or TWILIO_SECONDARY_AUTH_TOKEN) must be another token than Twilio:AuthToken, or be left out.");
        }

        CheckAuthority("Twilio:ApiBaseUrl", options.ApiBaseUrl, failures);
        CheckAuthority("Twilio:PublicBaseUrl", options.PublicBaseUrl, failures);
        CheckOptional(options.FallbackBaseUrl, url => CheckAuthority("Twilio:FallbackBaseUrl", url, failures));
        CheckOptional(options.MessagingServiceSid, sid => CheckSid(
            "Twilio:MessagingServiceSid (or TWILIO_MESSAGING_SERVICE_SID)", "MG", sid, failures));
        CheckOptional(options.ProxyServiceSid, sid => CheckSid(
            "Twilio:ProxyServiceSid (or TWILIO_PROXY_SERVICE_SID)", "KS", sid, failures));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckOptional<T>(T? value, Action<T> check)
        where T : class
    {
        if (value is not null)
        {
            check(value);
        }
    }

    private static void CheckSid(string setting, string prefix, string sid, List<string> failures)
    {
        if (sid.Length != SidLength
            || !sid.StartsWith(prefix, StringComparison.Ordinal)
            || !sid.Skip(prefix.Length).All(char.IsAsciiHexDigit))
        {
            failures.Add($"{setting} must be {prefix} and 32 hexadecimal digits.");
        }
    }

    private static void CheckAuthority(string setting, Uri? url, List<string> failures)
    {
        if (url is not { IsAbsoluteUri: true, PathAndQuery: "/", UserInfo: "" } || url.Scheme is not ("http" or "https"))
        {
            failures.Add($"{setting} must be scheme and host, without path, for example https://texts.example.com.");
        }
    }
}
