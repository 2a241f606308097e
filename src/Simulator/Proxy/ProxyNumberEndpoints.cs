using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Proxy;

/// <summary>The numbers of Twilio's Proxy Services.</summary>
internal static class ProxyNumberEndpoints
{
    public static void MapProxyNumbers(this IEndpointRouteBuilder proxy)
    {
        var numbers = proxy.MapGroup("/Services/{serviceSid}/PhoneNumbers");
        numbers.MapPost("", Add).WithOperation(RestOperation.AddProxyNumber);
        numbers.MapGet("", List).WithOperation(RestOperation.ProxyNumbers);
        numbers.MapGet("/{sid}", Fetch).WithOperation(RestOperation.ProxyNumbers);
        numbers.MapPost("/{sid}", Update).WithOperation(RestOperation.UpdateProxyNumber);
        numbers.MapDelete("/{sid}", Remove).WithOperation(RestOperation.RemoveProxyNumber);
    }

    private static Results<JsonHttpResult<ProxyNumberView>, TwilioError> Add(
        string serviceSid,
        HttpContext context,
        ProxyServiceStore store,
        MessagingServiceStore messaging,
        NumberDirectory numbers,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        var form = context.Request.Form;
        var own = form.TryGetValue("Sid", out var sid)
            ? numbers.FindBySid(sid.ToString())
            : numbers.Find(form["PhoneNumber"].ToString());
        if (store.Find(serviceSid) is null || own is null)
        {
            return TwilioError.NotFound(context.Request.Path);
        }

        if (store.FindNumber(own.Sid) is null && messaging.FindNumber(own.Sid) is not null)
        {
            return TwilioError.DownstreamRejected;
        }

        var number = new ProxyNumber(own, serviceSid, clock.GetUtcNow(), form["IsReserved"] == "true", InUse: 0);
        if (store.Add(number) is { } error)
        {
            return error;
        }

        context.Items[RestCallFilter.CreatedSid] = own.Sid;
        return Show(number, account.Value, context.Request, StatusCodes.Status201Created);
    }

    private static Results<JsonHttpResult<ProxyNumberListView>, TwilioError> List(
        string serviceSid,
        HttpRequest request,
        ProxyServiceStore store,
        IOptions<AccountOptions> account)
    {
        if (store.Find(serviceSid) is null)
        {
            return TwilioError.NotFound(request.Path);
        }

        var page = PageRequest.Of(request.Query, ProxyServiceEndpoints.LargestPage);
        var (numbers, next) = page.Cut(store.NumbersOf(serviceSid), number => number.Number.Sid);
        var views = numbers.Select(number => ProxyNumberView.Of(number, account.Value.AccountSid, request));
        return TypedResults.Json(
            new ProxyNumberListView(
                [.. views],
                PageMetaView.Of(request, page.Links(request, numbers.Count, next), "phone_numbers")),
            TwilioJson.Default.ProxyNumberListView);
    }

    private static Results<JsonHttpResult<ProxyNumberView>, TwilioError> Fetch(
        string serviceSid,
        string sid,
        HttpRequest request,
        ProxyServiceStore store,
        IOptions<AccountOptions> account) =>
        store.FindNumber(sid) is { } number && number.ServiceSid == serviceSid
            ? Show(number, account.Value, request)
            : TwilioError.NotFound(request.Path);

    private static Results<JsonHttpResult<ProxyNumberView>, TwilioError> Update(
        string serviceSid,
        string sid,
        HttpRequest request,
        ProxyServiceStore store,
        IOptions<AccountOptions> account)
    {
        var isReserved = request.Form["IsReserved"].ToString();
        var changed = store.FindNumber(sid)?.ServiceSid == serviceSid
            ? store.Change(sid, number => number with
            {
                IsReserved = bool.TryParse(isReserved, out var flag) ? flag : number.IsReserved,
            })
            : null;
        return changed is null ? TwilioError.NotFound(request.Path) : Show(changed, account.Value, request);
    }

    private static Results<NoContent, TwilioError> Remove(
        string serviceSid,
        string sid,
        HttpRequest request,
        ProxyServiceStore store)
    {
        var number = store.FindNumber(sid);
        if (number is { InUse: > 0 } && number.ServiceSid == serviceSid)
        {
            return TwilioError.InActiveSessions;
        }

        return number?.ServiceSid == serviceSid && store.Forget(sid)
            ? TypedResults.NoContent()
            : TwilioError.NotFound(request.Path);
    }

    private static JsonHttpResult<ProxyNumberView> Show(
        ProxyNumber number,
        AccountOptions account,
        HttpRequest request,
        int status = StatusCodes.Status200OK) =>
        TypedResults.Json(
            ProxyNumberView.Of(number, account.AccountSid, request),
            TwilioJson.Default.ProxyNumberView,
            statusCode: status);
}
