using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Registration;

/// <summary>Twilio's brands and campaigns, read only; they change by the control API.</summary>
internal static class RegistrationEndpoints
{
    public static void MapRegistrations(this IEndpointRouteBuilder messaging)
    {
        messaging.MapGet("/a2p/BrandRegistrations", ListBrands).WithOperation(RestOperation.Registrations);
        messaging.MapGet("/a2p/BrandRegistrations/{sid}", FetchBrand).WithOperation(RestOperation.Registrations);
        var campaigns = messaging.MapGroup("/Services/{serviceSid}/Compliance/Usa2p");
        campaigns.MapGet("", ListCampaigns).WithOperation(RestOperation.Registrations);
        campaigns.MapGet("/{sid}", FetchCampaign).WithOperation(RestOperation.Registrations);
    }

    private static JsonHttpResult<BrandListView> ListBrands(
        HttpRequest request,
        RegistrationBook book,
        IOptions<AccountOptions> account)
    {
        var brand = BrandView.Of(book, account.Value.AccountSid, request);
        return TypedResults.Json(new BrandListView([brand], Meta(request, "data")), TwilioJson.Default.BrandListView);
    }

    private static Results<JsonHttpResult<BrandView>, TwilioError> FetchBrand(
        string sid,
        HttpRequest request,
        RegistrationBook book,
        IOptions<AccountOptions> account) =>
        sid == book.BrandSid
            ? TypedResults.Json(BrandView.Of(book, account.Value.AccountSid, request), TwilioJson.Default.BrandView)
            : TwilioError.NotFound(request.Path);

    private static Results<JsonHttpResult<CampaignListView>, TwilioError> ListCampaigns(
        string serviceSid,
        HttpRequest request,
        MessagingServiceStore services,
        RegistrationBook book,
        IOptions<AccountOptions> account)
    {
        if (services.Find(serviceSid) is not { } service)
        {
            return TwilioError.NotFound(request.Path);
        }

        IReadOnlyList<CampaignView> campaigns = book.Current.HasCampaign
            ? [CampaignView.Of(service, book, account.Value.AccountSid, request)]
            : [];
        return TypedResults.Json(
            new CampaignListView(campaigns, Meta(request, "compliance")),
            TwilioJson.Default.CampaignListView);
    }

    private static Results<JsonHttpResult<CampaignView>, TwilioError> FetchCampaign(
        string serviceSid,
        string sid,
        HttpRequest request,
        MessagingServiceStore services,
        RegistrationBook book,
        IOptions<AccountOptions> account) =>
        services.Find(serviceSid) is { } service
        && book.Current.HasCampaign
        && sid == RegistrationBook.CampaignSidOf(serviceSid)
            ? TypedResults.Json(
                CampaignView.Of(service, book, account.Value.AccountSid, request),
                TwilioJson.Default.CampaignView)
            : TwilioError.NotFound(request.Path);

    /// <summary>There is one entry at most, so one page.</summary>
    private static PageMetaView Meta(HttpRequest request, string key) =>
        PageMetaView.Of(request, PageRequest.Of(request.Query).Links(request, 1, next: null), key);
}
