using System.Globalization;
using System.Text;
using System.Text.Json;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Numbers;

/// <summary>
/// The numbers as CSV (RFC 4180), sent page by page: no more than one page is in memory. When a page cannot be had the
/// connection is cut, so that nobody takes a part for the whole.
/// </summary>
/// <param name="request">Asked for the first page.</param>
/// <param name="first">The first page.</param>
/// <param name="service">Asked for the others.</param>
internal sealed class NumberExport(ListNumbers request, NumberPage first, OwningService service) : IResult
{
    private const string Header =
        "id,number,lifecycle,status,stage,sitterId,clientId,purpose,attachStatus,verificationStatus,reason,errorCode,"
        + "twilioSid,purchasedAt,restsUntil,createdAt";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await Csv.BeginAsync(httpContext, "numbers.csv", Header);
        for (var page = first; ;)
        {
            var lines = new StringBuilder();
            foreach (var number in page.Items)
            {
                lines.Append(Csv.Line(CellsOf(number)));
            }

            await httpContext.Response.WriteAsync(lines.ToString(), httpContext.RequestAborted);
            if (page.Next is not { } next)
            {
                return;
            }

            var answer = await service.AskAsync<ListNumbers, NumberPage>(
                request with { After = next }, httpContext.RequestAborted);
            if (answer.Value is null)
            {
                httpContext.Abort();
                return;
            }

            page = answer.Value;
        }
    }

    private static string?[] CellsOf(NumberView number) =>
    [
        number.Id.ToString(),
        number.Number?.Reveal(),
        WordOf(number.Lifecycle),
        WordOf(number.Status),
        WordOf(number.Stage),
        number.SitterId?.ToString(),
        number.ClientId?.ToString(),
        number.Purpose is { } purpose ? WordOf(purpose) : null,
        WordOf(number.AttachStatus),
        WordOf(number.VerificationStatus),
        number.Reason,
        number.ErrorCode?.ToString(CultureInfo.InvariantCulture),
        number.TwilioSid,
        Csv.Time(number.PurchasedAt),
        Csv.Time(number.RestsUntil),
        Csv.Time(number.CreatedAt),
    ];

    private static string WordOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
