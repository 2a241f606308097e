using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.MessagingServices;

/// <summary>A Messaging Service as Twilio writes it (messaging.v1.service).</summary>
internal sealed record MessagingServiceView(
    string Sid,
    string AccountSid,
    string FriendlyName,
    string DateCreated,
    string DateUpdated,
    string? InboundRequestUrl,
    string InboundMethod,
    string? FallbackUrl,
    string FallbackMethod,
    string? StatusCallback,
    bool StickySender,
    bool MmsConverter,
    bool SmartEncoding,
    string ScanMessageContent,
    bool FallbackToLongCode,
    bool AreaCodeGeomatch,
    bool SynchronousValidation,
    int ValidityPeriod,
    string Url,
    Dictionary<string, string> Links,
    string Usecase,
    bool UsAppToPersonRegistered,
    bool UseInboundWebhookOnNumber)
{
    public static MessagingServiceView Of(
        MessagingService service,
        string accountSid,
        HttpRequest request,
        bool isRegistered)
    {
        var url = UrlOf(request, service.Sid);
        return new(
            service.Sid,
            accountSid,
            service.FriendlyName,
            TwilioDate.WriteIso(service.Created),
            TwilioDate.WriteIso(service.Updated),
            service.InboundRequestUrl,
            service.InboundMethod,
            service.FallbackUrl,
            service.FallbackMethod,
            service.StatusCallback,
            service.StickySender,
            service.MmsConverter,
            service.SmartEncoding,
            ScanMessageContent: "inherit",
            service.FallbackToLongCode,
            service.AreaCodeGeomatch,
            service.SynchronousValidation,
            service.ValidityPeriod,
            url,
            new()
            {
                ["phone_numbers"] = $"{url}/PhoneNumbers",
                ["us_app_to_person"] = $"{url}/Compliance/Usa2p",
            },
            service.Usecase,
            isRegistered,
            service.UseInboundWebhookOnNumber);
    }

    public static string UrlOf(HttpRequest request, string serviceSid) =>
        $"{request.Origin()}/messaging/v1/Services/{serviceSid}";
}

/// <summary>A page of Messaging Services.</summary>
internal sealed record MessagingServiceListView(IReadOnlyList<MessagingServiceView> Services, PageMetaView Meta);

/// <summary>A number of a Messaging Service as Twilio writes it (messaging.v1.service.phone_number).</summary>
internal sealed record MessagingServiceNumberView(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string DateCreated,
    string DateUpdated,
    string PhoneNumber,
    string CountryCode,
    IReadOnlyList<string> Capabilities,
    string Url)
{
    public static MessagingServiceNumberView Of(ServiceNumber number, string accountSid, HttpRequest request) => new(
        number.NumberSid,
        accountSid,
        number.ServiceSid,
        TwilioDate.WriteIso(number.Added),
        TwilioDate.WriteIso(number.Added),
        number.PhoneNumber,
        E164.IsNanp(number.PhoneNumber) ? "US" : "GB",
        ["MMS", "SMS", "Voice"],
        $"{MessagingServiceView.UrlOf(request, number.ServiceSid)}/PhoneNumbers/{number.NumberSid}");
}

/// <summary>A page of the numbers of a Messaging Service.</summary>
internal sealed record MessagingServiceNumberListView(
    IReadOnlyList<MessagingServiceNumberView> PhoneNumbers,
    PageMetaView Meta);
