using System.Globalization;
using System.Text;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Inquiries;
using PhoneMasking.ServiceDefaults.Exports;

namespace PhoneMasking.OpsConsole.Audit;

/// <summary>
/// Records of the audit log as CSV, sent page by page: no more than one page is in memory. When a page cannot be had the
/// connection is cut, so that nobody takes a part for the whole.
/// </summary>
/// <param name="filter">Which records.</param>
/// <param name="inquiry">Asks for the pages.</param>
/// <param name="sitters">Names of sitters, as far as they could be had.</param>
/// <param name="clients">Names of clients, as far as they could be had.</param>
internal sealed class AuditExport(
    AuditFilter filter,
    Inquiry inquiry,
    IReadOnlyDictionary<SitterId, string> sitters,
    IReadOnlyDictionary<ClientId, string> clients) : IResult
{
    private const string Header =
        "occurredAt,event,category,severity,reason,details,sitter,client,sitterId,clientId,numberId,sessionId,messageId,apiKeyId,id\r\n";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(Header, httpContext.RequestAborted);
        for (Guid? after = null; ;)
        {
            var reply = await inquiry.AskAsync<ListAudit, AuditPage>(
                filter.Request(after, Walk.PageSize), httpContext.RequestAborted);
            if (reply is not Reply<AuditPage>.Given { Value: var page })
            {
                httpContext.Abort();
                return;
            }

            var lines = new StringBuilder();
            foreach (var item in page.Items)
            {
                lines.Append(CsvLine.Of(CellsOf(item).Select(CsvLine.Harmless)));
            }

            await response.WriteAsync(lines.ToString(), httpContext.RequestAborted);
            after = page.Next;
            if (after is null)
            {
                return;
            }
        }
    }

    private string?[] CellsOf(AuditView item) =>
    [
        item.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        item.Event,
        item.Category,
        item.Severity,
        item.Reason,
        item.Details,
        item.SitterId is { } sitter ? sitters.GetValueOrDefault(sitter) : null,
        item.ClientId is { } client ? clients.GetValueOrDefault(client) : null,
        item.SitterId?.ToString(),
        item.ClientId?.ToString(),
        item.NumberId?.ToString(),
        item.SessionId?.ToString(),
        item.MessageId?.ToString(),
        item.ApiKeyId?.ToString(),
        item.Id.ToString(),
    ];
}
