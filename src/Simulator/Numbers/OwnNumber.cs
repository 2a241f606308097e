using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>
/// A number that the account has bought: what Twilio calls an IncomingPhoneNumber. Never changed in place.
/// </summary>
internal sealed record OwnNumber(string Sid, string PhoneNumber, DateTimeOffset Created)
{
    /// <summary>Whether it can text. All that is on sale can.</summary>
    public bool CanText { get; init; } = true;

    public string FriendlyName { get; init; } = E164.Friendly(PhoneNumber);

    /// <summary>Where texts to this number are posted; empty means the simulator's default.</summary>
    public string SmsUrl { get; init; } = "";

    public string SmsMethod { get; init; } = "POST";

    /// <summary>Where texts are posted when <see cref="SmsUrl"/> failed; empty means the simulator's default.</summary>
    public string SmsFallbackUrl { get; init; } = "";

    public string SmsFallbackMethod { get; init; } = "POST";

    public string StatusCallback { get; init; } = "";

    public string StatusCallbackMethod { get; init; } = "POST";

    public string VoiceUrl { get; init; } = "";

    public string VoiceMethod { get; init; } = "POST";

    public string VoiceFallbackUrl { get; init; } = "";

    public string VoiceFallbackMethod { get; init; } = "POST";

    public DateTimeOffset Updated { get; init; } = Created;

    /// <summary>A number bought now.</summary>
    public static OwnNumber Buy(string phoneNumber, DateTimeOffset now) =>
        new(TwilioSid.New("PN", now), phoneNumber, now);
}
