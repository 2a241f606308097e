using System.Text.Json.Serialization;

namespace PhoneMasking.Twilio.Registration;

/// <summary>
/// The business as the carriers know it. Source: twilio-oai, spec/json/twilio_messaging_v1.json,
/// messaging.v1.brand_registrations.
/// </summary>
public sealed record BrandRegistration
{
    /// <summary>The brand's id, <c>BN</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>
    /// <c>PENDING</c>, <c>APPROVED</c>, <c>FAILED</c>, <c>IN_REVIEW</c>, <c>SUSPENDED</c>, <c>DELETION_PENDING</c> or
    /// <c>DELETION_FAILED</c>.
    /// </summary>
    public string? Status { get; init; }

    /// <summary><c>STANDARD</c> or <c>SOLE_PROPRIETOR</c>.</summary>
    public string? BrandType { get; init; }

    /// <summary>
    /// <c>SELF_DECLARED</c>, <c>UNVERIFIED</c>, <c>VERIFIED</c> or <c>VETTED_VERIFIED</c>.
    /// </summary>
    public string? IdentityStatus { get; init; }

    /// <summary>The trust score, from which T-Mobile's daily limit follows; absent when there is none.</summary>
    public int? BrandScore { get; init; }

    /// <summary>Why the registration failed; empty when it did not.</summary>
    [JsonConverter(typeof(RegistrationErrorsConverter))]
    public IReadOnlyList<RegistrationError>? Errors { get; init; }

    /// <summary>Whether campaigns can be registered for it.</summary>
    [JsonIgnore]
    public bool IsApproved => Status == "APPROVED";

    /// <summary>Returns id and status.</summary>
    public override string ToString() => $"BrandRegistration {Sid} {Status}";
}
