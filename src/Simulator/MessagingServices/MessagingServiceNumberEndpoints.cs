using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.MessagingServices;

/// <summary>The numbers of Twilio's Messaging Services.</summary>
internal static class MessagingServiceNumberEndpoints
{
    public static void MapMessagingServiceNumbers(this IEndpointRouteBuilder messaging)
    {
        var numbers = messaging.MapGroup("/Services/{serviceSid}/PhoneNumbers");
        numbers.MapPost("", Add).WithOperation(RestOperation.AddServiceNumber);
        numbers.MapGet("", List).WithOperation(RestOperation.ServiceNumbers);
        numbers.MapGet("/{sid}", Fetch).WithOperation(RestOperation.ServiceNumbers);
        numbers.MapDelete("/{sid}", Remove).WithOperation(RestOperation.RemoveServiceNumber);
    }

    private static Results<JsonHttpResult<MessagingServiceNumberView>, TwilioError> Add(
        string serviceSid,
        HttpContext context,
        MessagingServiceStore store,
        NumberDirectory numbers,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        var request = context.Request;
        var sid = request.Form["PhoneNumberSid"].ToString();
        if (store.Find(serviceSid) is null || numbers.FindBySid(sid) is not { } own)
        {
            return TwilioError.NotFound(request.Path);
        }

        if (!own.CanText)
        {
            return TwilioError.NotTextCapable;
        }

        var number = new ServiceNumber(own.Sid, serviceSid, own.PhoneNumber, clock.GetUtcNow());
        if (store.Add(number) is { } error)
        {
            return error;
        }

        context.Items[RestCallFilter.CreatedSid] = number.NumberSid;
        return TypedResults.Json(
            MessagingServiceNumberView.Of(number, account.Value.AccountSid, request),
            TwilioJson.Default.MessagingServiceNumberView,
            statusCode: StatusCodes.Status201Created);
    }

    private static Results<JsonHttpResult<MessagingServiceNumberListView>, TwilioError> List(
        string serviceSid,
        HttpRequest request,
        MessagingServiceStore store,
        IOptions<AccountOptions> account)
    {
        if (store.Find(serviceSid) is null)
        {
            return TwilioError.NotFound(request.Path);
        }

        var page = PageRequest.Of(request.Query);
        var (numbers, next) = page.Cut(store.NumbersOf(serviceSid), number => number.NumberSid);
        var views = numbers.Select(number =>
            MessagingServiceNumberView.Of(number, account.Value.AccountSid, request));
        return TypedResults.Json(
            new MessagingServiceNumberListView(
                [.. views],
                PageMetaView.Of(request, page.Links(request, numbers.Count, next), "phone_numbers")),
            TwilioJson.Default.MessagingServiceNumberListView);
    }

    private static Results<JsonHttpResult<MessagingServiceNumberView>, TwilioError> Fetch(
        string serviceSid,
        string sid,
        HttpRequest request,
        MessagingServiceStore store,
        IOptions<AccountOptions> account) =>
        store.FindNumber(sid) is { } number && number.ServiceSid == serviceSid
            ? TypedResults.Json(
                MessagingServiceNumberView.Of(number, account.Value.AccountSid, request),
                TwilioJson.Default.MessagingServiceNumberView)
            : TwilioError.NotFound(request.Path);

    private static Results<NoContent, TwilioError> Remove(
        string serviceSid,
        string sid,
        HttpRequest request,
        MessagingServiceStore store) =>
        store.FindNumber(sid)?.ServiceSid == serviceSid && store.Remove(sid)
            ? TypedResults.NoContent()
            : TwilioError.NotFound(request.Path);
}
