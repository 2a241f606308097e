using System.Buffers;
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
    public const string ContentType = "text/csv";

    private const string Header =
        "id,number,lifecycle,status,stage,sitterId,clientId,purpose,attachStatus,verificationStatus,reason,errorCode,"
        + "twilioSid,purchasedAt,restsUntil,createdAt";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = $"{ContentType}; charset=utf-8; header=present";
        response.Headers.ContentDisposition = "attachment; filename=\"numbers.csv\"";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(Header + "\r\n", httpContext.RequestAborted);
        for (var page = first; ;)
        {
            var lines = new StringBuilder();
            foreach (var number in page.Items)
            {
                lines.AppendJoin(',', CellsOf(number).Select(Cell)).Append("\r\n");
            }

            await response.WriteAsync(lines.ToString(), httpContext.RequestAborted);
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

    /// <summary>Writes a cell so that a spreadsheet takes it for text, whatever it starts with.</summary>
    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return string.Empty;
        }

        var text = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{value}" : value;
        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
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
        TimeOf(number.PurchasedAt),
        TimeOf(number.RestsUntil),
        TimeOf(number.CreatedAt),
    ];

    private static string WordOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string? TimeOf(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
