using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Audit;

/// <summary>What happened. AlertService keeps it and is asked over the bus; nothing can be changed.</summary>
internal static class AuditEndpoints
{
    private const string By = "api";

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit")
            .WithTags("Audit")
            .RequireScope(Scopes.AuditRead)
            .ProducesProblem(StatusCodes.Status400BadRequest);

        audit.MapGet("/", ListAuditPage)
            .WithSummary("Lists what happened, newest first: by time, kind, severity and whom it concerns");
        audit.MapPost("/search", SearchAudit)
            .WithSummary("Finds records by words in their event, reason or details, with the same filters")
            .ReadingOnly();
        audit.MapGet("/export", ExportAudit)
            .Produces(StatusCodes.Status200OK, contentType: Csv.ContentType)
            .WithSummary("Exports records as CSV, filtered as in the list, 100,000 at most; cells that a spreadsheet would take for a formula start with '");
    }

    private static Task<Results<Ok<AuditPage>, ApiProblem>> ListAuditPage(
        [AsParameters] AuditFilter filter,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit) =>
        AskAsync(filter.Request(caller.OrganisationId, after, limit), service, cancellationToken);

    private static Task<Results<Ok<AuditPage>, ApiProblem>> SearchAudit(
        SearchAuditRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        AskAsync(
            (request.Filter ?? new AuditFilter()).Request(caller.OrganisationId, request.After, request.Limit, request.Search),
            service,
            cancellationToken);

    private static async Task<Results<AuditExport, ApiProblem>> ExportAudit(
        [AsParameters] AuditFilter filter,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var request = filter.Request(caller.OrganisationId, after: null, RequestRules.MaxPage);
        var begun = await service.AskAsync<BeginAuditExport, AuditExportBegun>(
            new BeginAuditExport(request, By, new ApiKeyId(caller.KeyId)), cancellationToken);
        if (begun.Problem is { } refused)
        {
            return refused;
        }

        // The first page is asked for before anything is sent: then a refusal can still be a problem.
        return (await service.AskAsync<ListAudit, AuditPage>(request, cancellationToken))
            .As(first => new AuditExport(request, first, service));
    }

    private static async Task<Results<Ok<AuditPage>, ApiProblem>> AskAsync(
        ListAudit request, OwningService service, CancellationToken cancellationToken) =>
        (await service.AskAsync<ListAudit, AuditPage>(request, cancellationToken)).As(TypedResults.Ok);
}

/// <summary>Searches the audit log.</summary>
/// <param name="Search">Words, 1 to 100 characters.</param>
/// <param name="Filter">The filters of the list.</param>
/// <param name="After">The last id of the page before.</param>
/// <param name="Limit">How many, 1 to 200.</param>
public sealed record SearchAuditRequest(
    [Required, StringLength(RequestRules.MaxName, MinimumLength = 1)] string Search,
    AuditFilter? Filter = null,
    Guid? After = null,
    [Range(1, RequestRules.MaxPage)] int Limit = Paging.DefaultLimit)
{
    /// <summary>Leaves out what is searched for.</summary>
    public override string ToString() => nameof(SearchAuditRequest);
}
