using System.Text.Json.Serialization;

using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Numbers;

/// <summary>A number that an account owns. <see cref="ToString"/> shows its id only.</summary>
public sealed record IncomingNumber
{
    /// <summary>The number's id, <c>PN</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>The number, in E.164 form.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The account that owns it.</summary>
    public string? AccountSid { get; init; }

    /// <summary>The name for people; Twilio's default is the number itself.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>What it can do.</summary>
    public NumberCapabilities? Capabilities { get; init; }

    /// <summary>Where inbound texts are posted; empty when unset.</summary>
    public string? SmsUrl { get; init; }

    /// <summary>Where inbound texts are posted when the first address fails.</summary>
    public string? SmsFallbackUrl { get; init; }

    /// <summary>Where inbound calls are posted; empty when unset.</summary>
    public string? VoiceUrl { get; init; }

    /// <summary>Where inbound calls are posted when the first address fails.</summary>
    public string? VoiceFallbackUrl { get; init; }

    /// <summary>Where the end of a call is reported.</summary>
    public string? StatusCallback { get; init; }

    /// <summary><c>in-use</c>, or a state on the way there.</summary>
    public string? Status { get; init; }

    /// <summary>When it was bought.</summary>
    [JsonConverter(typeof(Rfc2822DateConverter))]
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Returns the id.</summary>
    public override string ToString() => $"IncomingNumber {Sid}";
}

/// <summary>What a number can do.</summary>
/// <param name="Sms">Texts.</param>
/// <param name="Mms">Pictures.</param>
/// <param name="Voice">Calls.</param>
public sealed record NumberCapabilities(bool Sms, bool Mms, bool Voice);
