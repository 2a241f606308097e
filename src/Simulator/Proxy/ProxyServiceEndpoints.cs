using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Proxy;

/// <summary>Twilio's Proxy Services, as far as setting one up goes; there are no sessions.</summary>
internal static class ProxyServiceEndpoints
{
    /// <summary>The most entries of a page that Proxy gives.</summary>
    internal const int LargestPage = 100;

    public static void MapProxyServices(this IEndpointRouteBuilder proxy)
    {
        proxy.MapPost("/Services", Create).WithOperation(RestOperation.CreateProxyService);
        proxy.MapGet("/Services", List).WithOperation(RestOperation.ProxyServices);
        proxy.MapGet("/Services/{sid}", Fetch).WithOperation(RestOperation.ProxyServices);
        proxy.MapDelete("/Services/{sid}", Delete).WithOperation(RestOperation.DeleteProxyService);
    }

    private static Results<JsonHttpResult<ProxyServiceView>, TwilioError> Create(
        HttpContext context,
        ProxyServiceStore store,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        var form = context.Request.Form;
        if (!store.IsAvailable)
        {
            return TwilioError.ProxyRestricted;
        }

        if (string.IsNullOrWhiteSpace(form["UniqueName"]))
        {
            return TwilioError.InvalidParameter("Missing required parameter UniqueName");
        }

        var now = clock.GetUtcNow();
        var service = With(new ProxyService(TwilioSid.New("KS", now), form["UniqueName"].ToString(), now), form);
        if (!store.TryAdd(service))
        {
            return TwilioError.ProxyNameNotUnique;
        }

        context.Items[RestCallFilter.CreatedSid] = service.Sid;
        return TypedResults.Json(
            ProxyServiceView.Of(service, account.Value.AccountSid, context.Request),
            TwilioJson.Default.ProxyServiceView,
            statusCode: StatusCodes.Status201Created);
    }

    private static JsonHttpResult<ProxyServiceListView> List(
        HttpRequest request,
        ProxyServiceStore store,
        IOptions<AccountOptions> account)
    {
        var page = PageRequest.Of(request.Query, LargestPage);
        var (services, next) = page.Cut(store.List(), service => service.Sid);
        var views = services.Select(service => ProxyServiceView.Of(service, account.Value.AccountSid, request));
        return TypedResults.Json(
            new ProxyServiceListView(
                [.. views],
                PageMetaView.Of(request, page.Links(request, services.Count, next), "services")),
            TwilioJson.Default.ProxyServiceListView);
    }

    private static Results<JsonHttpResult<ProxyServiceView>, TwilioError> Fetch(
        string sid,
        HttpRequest request,
        ProxyServiceStore store,
        IOptions<AccountOptions> account) =>
        store.Find(sid) is { } service
            ? TypedResults.Json(
                ProxyServiceView.Of(service, account.Value.AccountSid, request),
                TwilioJson.Default.ProxyServiceView)
            : TwilioError.NotFound(request.Path);

    private static Results<NoContent, TwilioError> Delete(string sid, HttpRequest request, ProxyServiceStore store) =>
        store.Delete(sid) ? TypedResults.NoContent() : TwilioError.NotFound(request.Path);

    private static ProxyService With(ProxyService service, IFormCollection form) => service with
    {
        DefaultTtl = int.TryParse(form["DefaultTtl"], NumberStyles.None, CultureInfo.InvariantCulture, out var ttl)
            ? ttl
            : service.DefaultTtl,
        CallbackUrl = form["CallbackUrl"],
        InterceptCallbackUrl = form["InterceptCallbackUrl"],
        OutOfSessionCallbackUrl = form["OutOfSessionCallbackUrl"],
        GeoMatchLevel = form["GeoMatchLevel"] is { Count: > 0 } level ? level.ToString() : service.GeoMatchLevel,
        NumberSelectionBehavior = form["NumberSelectionBehavior"] is { Count: > 0 } behaviour
            ? behaviour.ToString()
            : service.NumberSelectionBehavior,
    };
}
