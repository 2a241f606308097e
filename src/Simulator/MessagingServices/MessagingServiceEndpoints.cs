using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Registration;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.MessagingServices;

/// <summary>Twilio's Messaging Services (messaging API, version 1).</summary>
internal static class MessagingServiceEndpoints
{
    public static void MapMessagingServices(this IEndpointRouteBuilder messaging)
    {
        messaging.MapPost("/Services", Create).WithOperation(RestOperation.CreateService);
        messaging.MapGet("/Services", List).WithOperation(RestOperation.Services);
        messaging.MapGet("/Services/{sid}", Fetch).WithOperation(RestOperation.Services);
        messaging.MapPost("/Services/{sid}", Update).WithOperation(RestOperation.UpdateService);
        messaging.MapDelete("/Services/{sid}", Delete).WithOperation(RestOperation.DeleteService);
    }

    private static Results<JsonHttpResult<MessagingServiceView>, TwilioError> Create(
        HttpContext context,
        MessagingServiceStore store,
        RegistrationBook registrations,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        var form = context.Request.Form;
        if (string.IsNullOrWhiteSpace(form["FriendlyName"]))
        {
            return TwilioError.InvalidParameter("Missing required parameter FriendlyName");
        }

        var now = clock.GetUtcNow();
        if (new MessagingService(TwilioSid.New("MG", now), "", now).With(form, now, out var error) is not { } service)
        {
            return error!;
        }

        store.Put(service);
        context.Items[RestCallFilter.CreatedSid] = service.Sid;
        return Show(service, account.Value, context.Request, registrations, StatusCodes.Status201Created);
    }

    private static JsonHttpResult<MessagingServiceListView> List(
        HttpRequest request,
        MessagingServiceStore store,
        RegistrationBook registrations,
        IOptions<AccountOptions> account)
    {
        var page = PageRequest.Of(request.Query);
        var (services, next) = page.Cut(store.List(), service => service.Sid);
        var views = services.Select(service => MessagingServiceView.Of(
            service,
            account.Value.AccountSid,
            request,
            registrations.IsCampaignVerified));
        return TypedResults.Json(
            new MessagingServiceListView(
                [.. views],
                PageMetaView.Of(request, page.Links(request, services.Count, next), "services")),
            TwilioJson.Default.MessagingServiceListView);
    }

    private static Results<JsonHttpResult<MessagingServiceView>, TwilioError> Fetch(
        string sid,
        HttpRequest request,
        MessagingServiceStore store,
        RegistrationBook registrations,
        IOptions<AccountOptions> account) =>
        store.Find(sid) is { } service
            ? Show(service, account.Value, request, registrations)
            : TwilioError.NotFound(request.Path);

    private static Results<JsonHttpResult<MessagingServiceView>, TwilioError> Update(
        string sid,
        HttpRequest request,
        MessagingServiceStore store,
        RegistrationBook registrations,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        if (store.Find(sid) is not { } service)
        {
            return TwilioError.NotFound(request.Path);
        }

        if (service.With(request.Form, clock.GetUtcNow(), out var error) is not { } changed)
        {
            return error!;
        }

        store.Put(changed);
        return Show(changed, account.Value, request, registrations);
    }

    private static Results<NoContent, TwilioError> Delete(
        string sid,
        HttpRequest request,
        MessagingServiceStore store) =>
        store.Delete(sid) ? TypedResults.NoContent() : TwilioError.NotFound(request.Path);

    private static JsonHttpResult<MessagingServiceView> Show(
        MessagingService service,
        AccountOptions account,
        HttpRequest request,
        RegistrationBook registrations,
        int status = StatusCodes.Status200OK) =>
        TypedResults.Json(
            MessagingServiceView.Of(service, account.AccountSid, request, registrations.IsCampaignVerified),
            TwilioJson.Default.MessagingServiceView,
            statusCode: status);
}
