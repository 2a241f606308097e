using System.Text.Json.Serialization;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Registration;

/// <summary>
/// The brand as Twilio writes it (messaging.v1.brand_registrations). Source: twilio-oai,
/// spec/json/twilio_messaging_v1.json.
/// </summary>
internal sealed record BrandView(
    string Sid,
    string AccountSid,
    string? CustomerProfileBundleSid,
    [property: JsonPropertyName("a2p_profile_bundle_sid")] string? A2PProfileBundleSid,
    string DateCreated,
    string DateUpdated,
    string BrandType,
    string Status,
    string? TcrId,
    string? FailureReason,
    IReadOnlyList<RegistrationErrorView> Errors,
    string Url,
    int? BrandScore,
    IReadOnlyList<string> BrandFeedback,
    string IdentityStatus,
    [property: JsonPropertyName("russell_3000")] bool Russell3000,
    bool GovernmentEntity,
    string? TaxExemptStatus,
    bool SkipAutomaticSecVet,
    bool Mock,
    Dictionary<string, string> Links)
{
    public static BrandView Of(RegistrationBook book, string accountSid, HttpRequest request)
    {
        var url = $"{request.Origin()}/messaging/v1/a2p/BrandRegistrations/{book.BrandSid}";
        var date = TwilioDate.WriteIso(book.Created);
        var status = book.Current.BrandStatus;
        return new(
            book.BrandSid,
            accountSid,
            CustomerProfileBundleSid: null,
            A2PProfileBundleSid: null,
            date,
            date,
            BrandType: "STANDARD",
            status,
            TcrId: status == "APPROVED" ? "BSIMULA" : null,
            FailureReason: null,
            status == "FAILED" ? [RegistrationErrorView.Simulated] : [],
            url,
            BrandScore: status == "APPROVED" ? 75 : null,
            BrandFeedback: [],
            IdentityStatus: status == "APPROVED" ? "VERIFIED" : "UNVERIFIED",
            Russell3000: false,
            GovernmentEntity: false,
            TaxExemptStatus: null,
            SkipAutomaticSecVet: false,
            Mock: false,
            new()
            {
                ["brand_vettings"] = $"{url}/Vettings",
                ["brand_registration_otps"] = $"{url}/SmsOtp",
            });
    }
}

/// <summary>A page of brands.</summary>
internal sealed record BrandListView(IReadOnlyList<BrandView> Data, PageMetaView Meta);

/// <summary>Why a registration failed.</summary>
internal sealed record RegistrationErrorView(
    int ErrorCode,
    string Description,
    IReadOnlyList<string> Fields,
    string Url)
{
    public static RegistrationErrorView Simulated { get; } = new(
        30701,
        "Refused by a switch of the simulator",
        ["region"],
        "https://www.twilio.com/docs/api/errors/30701");
}

/// <summary>A campaign as Twilio writes it (messaging.v1.service.us_app_to_person).</summary>
internal sealed record CampaignView(
    string Sid,
    string AccountSid,
    string BrandRegistrationSid,
    string MessagingServiceSid,
    string Description,
    IReadOnlyList<string> MessageSamples,
    string UsAppToPersonUsecase,
    bool HasEmbeddedLinks,
    bool HasEmbeddedPhone,
    bool SubscriberOptIn,
    bool AgeGated,
    bool DirectLending,
    string CampaignStatus,
    string CampaignId,
    bool IsExternallyRegistered,
    RateLimitsView? RateLimits,
    string MessageFlow,
    string OptInMessage,
    string OptOutMessage,
    string HelpMessage,
    IReadOnlyList<string> OptInKeywords,
    IReadOnlyList<string> OptOutKeywords,
    IReadOnlyList<string> HelpKeywords,
    string DateCreated,
    string DateUpdated,
    string Url,
    bool Mock,
    IReadOnlyList<RegistrationErrorView> Errors)
{
    public static CampaignView Of(
        MessagingService service,
        RegistrationBook book,
        string accountSid,
        HttpRequest request)
    {
        var rules = book.Current;
        var sid = RegistrationBook.CampaignSidOf(service.Sid);
        return new(
            sid,
            accountSid,
            book.BrandSid,
            service.Sid,
            "Clients and their sitters text each other through numbers of the business.",
            ["Hi, this is about Friday's walk.", "The keys are with the neighbour, thank you."],
            rules.Usecase,
            HasEmbeddedLinks: true,
            HasEmbeddedPhone: false,
            SubscriberOptIn: true,
            AgeGated: false,
            DirectLending: false,
            rules.CampaignStatus,
            CampaignId: "CSIMULA",
            IsExternallyRegistered: false,
            book.IsCampaignVerified ? RateLimitsView.LowVolume : null,
            "Clients give their number when they register on the web site of the business and agree there.",
            "You are now opted in.",
            "You will receive no more messages.",
            "Reply STOP to opt out.",
            ["START"],
            ["STOP"],
            ["HELP"],
            TwilioDate.WriteIso(service.Created),
            TwilioDate.WriteIso(service.Updated),
            $"{MessagingServiceView.UrlOf(request, service.Sid)}/Compliance/Usa2p/{sid}",
            Mock: false,
            rules.CampaignStatus == "FAILED" ? [RegistrationErrorView.Simulated] : []);
    }
}

/// <summary>What the carriers allow a campaign.</summary>
internal sealed record RateLimitsView(AttLimitsView Att, TMobileLimitsView Tmobile)
{
    public static RateLimitsView LowVolume { get; } = new(new(Mps: 75, "E"), new("LOWER_MID"));
}

/// <summary>AT&amp;T's part.</summary>
internal sealed record AttLimitsView(int Mps, string MsgClass);

/// <summary>T-Mobile's part.</summary>
internal sealed record TMobileLimitsView(string BrandTier);

/// <summary>A page of campaigns.</summary>
internal sealed record CampaignListView(IReadOnlyList<CampaignView> Compliance, PageMetaView Meta);
