using Microsoft.Extensions.Options;
using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.NumberService.Attaching;

/// <summary>
/// Where Twilio takes a number's texts. Retried five times on every failure, and then brought to the fallback: without both,
/// Twilio drops the text (reference/twilio.md 2.5).
/// </summary>
/// <remarks>
/// The voice URL is left as it is: there are no calls yet. Progress of texts is reported to the address that each text
/// names, so the number has no status callback (Twilio's is for calls).
/// </remarks>
internal sealed class NumberWebhooks(IOptions<TwilioSettings> settings)
{
    private const string Path = "/webhooks/twilio/messages";
    private const string Retries = "#rc=5&rp=all";

    /// <summary>What each number of ours is set to.</summary>
    public NumberSettings Settings { get; } = new()
    {
        SmsUrl = new Uri(settings.Value.PublicBaseUrl!, $"{Path}{Retries}"),

        // Another URL even on the same host: in Twilio's log it shows which way a text came.
        SmsFallbackUrl = new Uri(
            settings.Value.FallbackBaseUrl ?? settings.Value.PublicBaseUrl!, $"{Path}?fallback=1{Retries}"),
    };
}
