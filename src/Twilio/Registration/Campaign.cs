using System.Text.Json.Serialization;

namespace PhoneMasking.Twilio.Registration;

/// <summary>The US A2P campaign of a Messaging Service: what its numbers may text, and how fast.</summary>
public sealed record Campaign
{
    /// <summary>The campaign's id, <c>QE</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>The brand that it belongs to.</summary>
    public string? BrandRegistrationSid { get; init; }

    /// <summary>The service whose numbers it covers.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>What is texted, for example <c>PROXY</c>, <c>LOW_VOLUME</c>, <c>MIXED</c>.</summary>
    public string? UsAppToPersonUsecase { get; init; }

    /// <summary><c>PENDING</c>, <c>IN_PROGRESS</c>, <c>VERIFIED</c>, <c>FAILED</c> or a word that is new.</summary>
    public string? CampaignStatus { get; init; }

    /// <summary>How fast it may text; absent until the carriers have said.</summary>
    [JsonConverter(typeof(CampaignRateLimitsConverter))]
    public CampaignRateLimits? RateLimits { get; init; }

    /// <summary>Why the registration failed; empty when it did not.</summary>
    [JsonConverter(typeof(RegistrationErrorsConverter))]
    public IReadOnlyList<RegistrationError>? Errors { get; init; }

    /// <summary>Whether it is approved, so that numbers can be registered for it.</summary>
    [JsonIgnore]
    public bool IsVerified => CampaignStatus == "VERIFIED";

    /// <summary>Returns id and status.</summary>
    public override string ToString() => $"Campaign {Sid} {CampaignStatus}";
}
