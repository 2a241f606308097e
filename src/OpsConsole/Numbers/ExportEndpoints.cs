using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Audit;
using PhoneMasking.OpsConsole.Inquiries;
using PhoneMasking.ServiceDefaults.Exports;

namespace PhoneMasking.OpsConsole.Numbers;

/// <summary>HTTP out: the numbers of a filter as CSV.</summary>
internal static class ExportEndpoints
{
    private const string Header = "number,lifecycle,status,stage,reason,error_code,sitter,client,bought_at,added_at";

    /// <summary>Maps <c>GET /numbers/export</c>. Taking a copy is audited.</summary>
    /// <param name="routes">The console.</param>
    public static void MapNumberExport(this IEndpointRouteBuilder routes) => routes.MapGet("/numbers/export", ExportAsync);

    private static async Task<Results<FileContentHttpResult, ContentHttpResult>> ExportAsync(
        string? lifecycle,
        string? status,
        HttpContext context,
        Inquiry inquiry,
        NameBook names,
        AuditTrail trail,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var filter = NumberFilter.Read(lifecycle, status);
        var reply = await Walk.ThroughAsync<NumberPage, NumberView, NumberId>(
            after => inquiry.AskAsync<ListNumbers, NumberPage>(
                new ListNumbers(OrganisationId.Default, after, Walk.PageSize, filter.Lifecycle, filter.Status), cancellationToken),
            page => (page.Items, page.Next),
            maxPages: int.MaxValue);
        if (reply is not Reply<IReadOnlyList<NumberView>>.Given { Value: var numbers })
        {
            return Away("NumberService did not answer in time. Nothing is lost; try again.");
        }

        // Nobody takes a copy that is not recorded.
        if (!await trail.TellAsync(new RecordsExported(
            OrganisationId.Default, "numbers", AuditTrail.AskerOf(context), numbers.Count, null, clock.GetUtcNow())))
        {
            return Away("Nothing was exported, for it could not be recorded: the broker is away. Try again.");
        }

        var sitters = await names.SittersAsync(cancellationToken);
        var clients = await names.ClientsAsync(cancellationToken);
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var number in numbers)
        {
            text.Append(CsvLine.Of(
            [
                number.Number?.Reveal(), number.Lifecycle.ToString(), number.Status.ToString(), number.Stage.ToString(), number.Reason,
                number.ErrorCode?.ToString(CultureInfo.InvariantCulture),
                number.SitterId is { } sitter ? CsvLine.Harmless(sitters.GetValueOrDefault(sitter, sitter.ToString())) : null,
                number.ClientId is { } client ? CsvLine.Harmless(clients.GetValueOrDefault(client, client.ToString())) : null,
                Time(number.PurchasedAt), Time(number.CreatedAt),
            ]));
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", "numbers.csv");
    }

    private static ContentHttpResult Away(string what) =>
        TypedResults.Text(what, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static string? Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
