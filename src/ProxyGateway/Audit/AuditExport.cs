using System.Text;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Audit;

/// <summary>
/// The audit log as CSV (RFC 4180), sent page by page: no more than one page is in memory. When a page cannot be had the
/// connection is cut, so that nobody takes a part for the whole.
/// </summary>
/// <param name="request">Asked for the first page.</param>
/// <param name="first">The first page.</param>
/// <param name="service">Asked for the others.</param>
internal sealed class AuditExport(ListAudit request, AuditPage first, OwningService service) : IResult
{
    private const string Header =
        "id,occurredAt,event,category,severity,reason,details,sitterId,clientId,numberId,sessionId,messageId,apiKeyId";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await Csv.BeginAsync(httpContext, "audit.csv", Header);
        var sent = 0;
        for (var page = first; ;)
        {
            var lines = new StringBuilder();
            foreach (var record in page.Items)
            {
                lines.Append(Csv.Line(CellsOf(record)));
            }

            await httpContext.Response.WriteAsync(lines.ToString(), httpContext.RequestAborted);
            sent += page.Items.Count;
            if (page.Next is not { } next)
            {
                return;
            }

            // More came in since they were counted, faster than they are read: an end must be.
            var answer = sent < AuditWords.MostExported
                ? await service.AskAsync<ListAudit, AuditPage>(request with { After = next }, httpContext.RequestAborted)
                : default;
            if (answer.Value is null)
            {
                httpContext.Abort();
                return;
            }

            page = answer.Value;
        }
    }

    private static string?[] CellsOf(AuditView record) =>
    [
        record.Id.ToString(),
        Csv.Time(record.OccurredAt),
        record.Event,
        record.Category,
        record.Severity,
        record.Reason,
        record.Details,
        record.SitterId?.ToString(),
        record.ClientId?.ToString(),
        record.NumberId?.ToString(),
        record.SessionId?.ToString(),
        record.MessageId?.ToString(),
        record.ApiKeyId?.ToString(),
    ];
}
