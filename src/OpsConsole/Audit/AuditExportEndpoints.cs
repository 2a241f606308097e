using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Inquiries;

namespace PhoneMasking.OpsConsole.Audit;

/// <summary>HTTP out: the records of a filter as CSV.</summary>
internal static class AuditExportEndpoints
{
    /// <summary>Maps <c>GET /audit/export</c>, which takes the filter of the page <c>/audit</c>. Taking a copy is itself audited.</summary>
    /// <param name="routes">The console.</param>
    public static void MapAuditExport(this IEndpointRouteBuilder routes) => routes.MapGet("/audit/export", ExportAsync);

    private static async Task<IResult> ExportAsync(
        HttpRequest request,
        Inquiry inquiry,
        NameBook names,
        CancellationToken cancellationToken)
    {
        var filter = AuditFilter.Read(request.Query);
        if (filter.NumberSearched)
        {
            return TypedResults.Text(
                "Nothing was exported. No record holds a telephone number: search for words.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        var begun = await inquiry.AskAsync<BeginAuditExport, AuditExportBegun>(
            new BeginAuditExport(filter.Request(null, Walk.PageSize), AuditTrail.AskerOf(request.HttpContext)), cancellationToken);
        return begun switch
        {
            Reply<AuditExportBegun>.Given => new AuditExport(
                filter, inquiry, await names.SittersAsync(cancellationToken), await names.ClientsAsync(cancellationToken)),
            Reply<AuditExportBegun>.Declined { Why.Detail: var why } => TypedResults.Text(
                $"Nothing was exported. {why}", statusCode: StatusCodes.Status422UnprocessableEntity),
            _ => TypedResults.Text(
                "AlertService did not answer in time. Nothing is lost; try again.", statusCode: StatusCodes.Status503ServiceUnavailable),
        };
    }
}
