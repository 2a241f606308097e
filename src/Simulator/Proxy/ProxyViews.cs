using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Proxy;

/// <summary>A Proxy Service as Twilio writes it (proxy.v1.service).</summary>
internal sealed record ProxyServiceView(
    string Sid,
    string UniqueName,
    string AccountSid,
    string? ChatInstanceSid,
    string? CallbackUrl,
    int DefaultTtl,
    string NumberSelectionBehavior,
    string GeoMatchLevel,
    string? InterceptCallbackUrl,
    string? OutOfSessionCallbackUrl,
    string DateCreated,
    string DateUpdated,
    string Url,
    Dictionary<string, string> Links)
{
    public static ProxyServiceView Of(ProxyService service, string accountSid, HttpRequest request)
    {
        var url = UrlOf(request, service.Sid);
        return new(
            service.Sid,
            service.UniqueName,
            accountSid,
            ChatInstanceSid: null,
            service.CallbackUrl,
            service.DefaultTtl,
            service.NumberSelectionBehavior,
            service.GeoMatchLevel,
            service.InterceptCallbackUrl,
            service.OutOfSessionCallbackUrl,
            TwilioDate.WriteIso(service.Created),
            TwilioDate.WriteIso(service.Created),
            url,
            new()
            {
                ["sessions"] = $"{url}/Sessions",
                ["phone_numbers"] = $"{url}/PhoneNumbers",
            });
    }

    public static string UrlOf(HttpRequest request, string serviceSid) =>
        $"{request.Origin()}/proxy/v1/Services/{serviceSid}";
}

/// <summary>A page of Proxy Services.</summary>
internal sealed record ProxyServiceListView(IReadOnlyList<ProxyServiceView> Services, PageMetaView Meta);

/// <summary>A number of a Proxy Service as Twilio writes it (proxy.v1.service.phone_number).</summary>
internal sealed record ProxyNumberView(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string DateCreated,
    string DateUpdated,
    string PhoneNumber,
    string FriendlyName,
    string IsoCountry,
    CapabilitiesView Capabilities,
    string Url,
    bool IsReserved,
    int InUse)
{
    public static ProxyNumberView Of(ProxyNumber number, string accountSid, HttpRequest request) => new(
        number.Number.Sid,
        accountSid,
        number.ServiceSid,
        TwilioDate.WriteIso(number.Added),
        TwilioDate.WriteIso(number.Added),
        number.Number.PhoneNumber,
        number.Number.FriendlyName,
        E164.IsNanp(number.Number.PhoneNumber) ? "US" : "GB",
        CapabilitiesView.All with { Sms = number.Number.CanText, Mms = number.Number.CanText },
        $"{ProxyServiceView.UrlOf(request, number.ServiceSid)}/PhoneNumbers/{number.Number.Sid}",
        number.IsReserved,
        number.InUse);
}

/// <summary>A page of the numbers of a Proxy Service.</summary>
internal sealed record ProxyNumberListView(IReadOnlyList<ProxyNumberView> PhoneNumbers, PageMetaView Meta);
