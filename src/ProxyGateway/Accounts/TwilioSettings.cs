using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.Accounts;

/// <summary>
/// The business's account at Twilio. Section <c>Twilio</c>; <c>TWILIO_ACCOUNT_SID</c> and <c>TWILIO_AUTH_TOKEN</c> are
/// understood, too.
/// </summary>
internal sealed class TwilioSettings
{
    public const string Section = "Twilio";

    /// <summary>The account's id: <c>AC</c> and 32 hexadecimal digits. Required.</summary>
    [Required]
    public string AccountSid { get; set; } = string.Empty;

    /// <summary>The account's primary auth token; signs the webhooks. Required, secret.</summary>
    [Required]
    public string AuthToken { get; set; } = string.Empty;

    /// <summary>Where Twilio's REST API is. Default: <c>https://api.twilio.com</c>.</summary>
    [Required]
    public Uri ApiBaseUrl { get; init; } = new("https://api.twilio.com");

    /// <summary>
    /// Scheme and host under which Twilio reaches this gateway, for example <c>https://texts.example.com</c>. Signatures
    /// are checked against it, not against what a proxy in between says. Required.
    /// </summary>
    [Required]
    public Uri? PublicBaseUrl { get; init; }
}

/// <summary>Checks <see cref="TwilioSettings"/> at start; collects every failure.</summary>
internal sealed class TwilioSettingsValidator : IValidateOptions<TwilioSettings>
{
    public ValidateOptionsResult Validate(string? name, TwilioSettings options)
    {
        var failures = new List<string>();
        if (options.AccountSid.Length != 34
            || !options.AccountSid.StartsWith("AC", StringComparison.Ordinal)
            || !options.AccountSid.Skip(2).All(char.IsAsciiHexDigit))
        {
            failures.Add("Twilio:AccountSid (or TWILIO_ACCOUNT_SID) must be AC and 32 hexadecimal digits.");
        }

        if (string.IsNullOrWhiteSpace(options.AuthToken))
        {
            failures.Add("Twilio:AuthToken (or TWILIO_AUTH_TOKEN) must be the account's primary auth token.");
        }

        CheckAuthority("Twilio:ApiBaseUrl", options.ApiBaseUrl, failures);
        CheckAuthority("Twilio:PublicBaseUrl", options.PublicBaseUrl, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckAuthority(string setting, Uri? url, List<string> failures)
    {
        if (url is not { IsAbsoluteUri: true, PathAndQuery: "/", UserInfo: "" } || url.Scheme is not ("http" or "https"))
        {
            failures.Add($"{setting} must be scheme and host, without path, for example https://texts.example.com.");
        }
    }
}
