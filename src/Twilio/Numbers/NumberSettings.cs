namespace PhoneMasking.Twilio.Numbers;

/// <summary>
/// What a number does with texts and calls. Absent members are left as they are (bought: Twilio's defaults). Source:
/// reference/twilio.md section 4.
/// </summary>
/// <remarks>URLs may carry connection overrides such as <c>#rc=2&amp;rp=all</c> in their fragment.</remarks>
public sealed record NumberSettings
{
    /// <summary>A name for people, at most 64 characters.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Where inbound texts are posted.</summary>
    public Uri? SmsUrl { get; init; }

    /// <summary>Where inbound texts are posted when <see cref="SmsUrl"/> fails.</summary>
    public Uri? SmsFallbackUrl { get; init; }

    /// <summary>Where inbound calls are posted.</summary>
    public Uri? VoiceUrl { get; init; }

    /// <summary>Where inbound calls are posted when <see cref="VoiceUrl"/> fails.</summary>
    public Uri? VoiceFallbackUrl { get; init; }

    /// <summary>Where the end of a call is reported.</summary>
    public Uri? StatusCallback { get; init; }

    /// <summary>The application that handles texts in place of the URLs.</summary>
    public string? SmsApplicationSid { get; init; }

    /// <summary>The application that handles calls in place of the URLs.</summary>
    public string? VoiceApplicationSid { get; init; }

    /// <summary>The address that some countries want.</summary>
    public string? AddressSid { get; init; }

    /// <summary>The regulatory bundle that some countries want.</summary>
    public string? BundleSid { get; init; }

    /// <summary>Returns nothing personal: Twilio's own friendly names are the numbers.</summary>
    public override string ToString() => $"NumberSettings (texts to {SmsUrl?.Host}, calls to {VoiceUrl?.Host})";
}
