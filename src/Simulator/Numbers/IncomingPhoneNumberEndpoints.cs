using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>Twilio's IncomingPhoneNumbers resource: the numbers the account owns.</summary>
internal static class IncomingPhoneNumberEndpoints
{
    public static void MapIncomingPhoneNumbers(this IEndpointRouteBuilder account)
    {
        account.MapGet("/IncomingPhoneNumbers.json", List).WithOperation(RestOperation.Numbers);
        account.MapPost("/IncomingPhoneNumbers.json", Buy).WithOperation(RestOperation.Buy);
        account.MapGet("/IncomingPhoneNumbers/{sid}.json", Fetch).WithOperation(RestOperation.Numbers);
        account.MapPost("/IncomingPhoneNumbers/{sid}.json", Update).WithOperation(RestOperation.Configure);
        account.MapDelete("/IncomingPhoneNumbers/{sid}.json", Release).WithOperation(RestOperation.Release);
    }

    private static JsonHttpResult<IncomingPhoneNumberListView> List(
        HttpRequest request,
        NumberDirectory numbers,
        IOptions<AccountOptions> account)
    {
        var phoneNumber = request.Query["PhoneNumber"].ToString();
        var friendlyName = request.Query["FriendlyName"].ToString();
        var found = numbers.List()
            .Where(number => number.PhoneNumber.Contains(phoneNumber, StringComparison.Ordinal))
            .Where(number => friendlyName.Length == 0 || number.FriendlyName == friendlyName);

        var page = PageRequest.Of(request.Query);
        var (shown, next) = page.Cut(found, number => number.Sid);
        IReadOnlyList<IncomingPhoneNumberView> entries =
            [.. shown.Select(number => IncomingPhoneNumberView.Of(number, account.Value.AccountSid))];
        return TypedResults.Json(
            IncomingPhoneNumberListView.Of(entries, page.Links(request, entries.Count, next)),
            TwilioJson.Default.IncomingPhoneNumberListView);
    }

    private static Results<JsonHttpResult<IncomingPhoneNumberView>, TwilioError> Buy(
        HttpContext context,
        PurchaseDesk desk,
        IOptions<AccountOptions> account)
    {
        switch (desk.Buy(context.Request.Form))
        {
            case PurchaseOutcome.Bought(var number):
                context.Items[RestCallFilter.CreatedSid] = number.Sid;
                return Show(number, account.Value, StatusCodes.Status201Created);
            case PurchaseOutcome.Refused(var error):
                return error;
            default:
                throw new UnreachableException();
        }
    }

    private static Results<JsonHttpResult<IncomingPhoneNumberView>, TwilioError> Fetch(
        string sid,
        HttpRequest request,
        NumberDirectory numbers,
        IOptions<AccountOptions> account) =>
        numbers.FindBySid(sid) is { } number ? Show(number, account.Value) : TwilioError.NotFound(request.Path);

    private static Results<JsonHttpResult<IncomingPhoneNumberView>, TwilioError> Update(
        string sid,
        HttpRequest request,
        NumberDirectory numbers,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        if (numbers.FindBySid(sid) is not { } number)
        {
            return TwilioError.NotFound(request.Path);
        }

        var changed = NumberSettings.Apply(number, request.Form) with { Updated = clock.GetUtcNow() };
        numbers.Put(changed);
        return Show(changed, account.Value);
    }

    private static Results<NoContent, TwilioError> Release(string sid, HttpRequest request, NumberDirectory numbers) =>
        numbers.FindBySid(sid) is { } number && numbers.Release(number)
            ? TypedResults.NoContent()
            : TwilioError.NotFound(request.Path);

    private static JsonHttpResult<IncomingPhoneNumberView> Show(
        OwnNumber number,
        AccountOptions account,
        int status = StatusCodes.Status200OK) =>
        TypedResults.Json(
            IncomingPhoneNumberView.Of(number, account.AccountSid),
            TwilioJson.Default.IncomingPhoneNumberView,
            statusCode: status);
}
