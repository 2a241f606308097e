using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Numbers;

/// <summary>The organisation's own numbers. NumberService owns them and is asked over the bus.</summary>
internal static class NumberEndpoints
{
    private const int MaxImportBytes = 256 * 1024;

    public static void MapNumbers(this IEndpointRouteBuilder api)
    {
        var numbers = api.MapGroup("/numbers")
            .WithTags("Numbers")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        numbers.MapGet("/", ListNumbersPage)
            .RequireScope(Scopes.NumbersRead)
            .WithSummary("Lists the organisation's numbers, oldest first; retired ones only when asked for by status");
        numbers.MapGet("/export", ExportNumbers)
            .RequireScope(Scopes.NumbersRead)
            .Produces(StatusCodes.Status200OK, contentType: Csv.ContentType)
            .WithSummary("Exports the numbers as CSV, filtered as in the list; cells that a spreadsheet would take for a formula start with '");
        numbers.MapGet("/{id:guid}", GetNumber)
            .RequireScope(Scopes.NumbersRead)
            .WithName(nameof(GetNumber))
            .WithSummary("Reads a number with its history, newest first")
            .ProducesProblem(StatusCodes.Status404NotFound);
        numbers.MapPost("/import", ImportNumbers)
            .RequireScope(Scopes.NumbersWrite)
            .WithMetadata(new RequestSizeLimitAttribute(MaxImportBytes))
            .WithSummary("Takes over numbers that the account already owns; at most 256 KiB; what is there already is skipped")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        numbers.MapNumberActions();
    }

    private static async Task<Results<Ok<NumberPage>, ApiProblem>> ListNumbersPage(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken,
        Word<NumberLifecycle>? lifecycle = null,
        Word<NumberStatus>? status = null,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListNumbers(
            caller.OrganisationId, after is { } id ? new NumberId(id) : null, limit, lifecycle?.Value, status?.Value);
        return (await service.AskAsync<ListNumbers, NumberPage>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<NumberExport, ApiProblem>> ExportNumbers(
        ApiCaller caller,
        OwningService service,
        ExportRecords records,
        CancellationToken cancellationToken,
        Word<NumberLifecycle>? lifecycle = null,
        Word<NumberStatus>? status = null)
    {
        var request = new ListNumbers(
            caller.OrganisationId, null, RequestRules.MaxPage, lifecycle?.Value, status?.Value);

        // The first page is asked for before anything is sent: then a refusal can still be a problem.
        var first = await service.AskAsync<ListNumbers, NumberPage>(request, cancellationToken);
        if (first.Value is not null)
        {
            await records.AddAsync(caller, "numbers", cancellationToken);
        }

        return first.As(page => new NumberExport(request, page, service));
    }

    private static async Task<Results<Ok<NumberDetail>, ApiProblem>> GetNumber(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var request = new ReadNumber(caller.OrganisationId, new NumberId(id));
        return (await service.AskAsync<ReadNumber, NumberDetail>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<Ok<NumbersImported>, ApiProblem>> ImportNumbers(
        ImportNumbersRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var import = new ImportNumbers(
            caller.OrganisationId, request.Text, request.Lifecycle.ToLifecycle(), request.Attach);
        return (await service.AskAsync<ImportNumbers, NumbersImported>(import, cancellationToken)).As(TypedResults.Ok);
    }
}

/// <summary>Asks for numbers to be taken over.</summary>
/// <param name="Text">
/// A comma- or newline-separated list of numbers, or CSV with the header <c>number,lifecycle</c>, or a file of exported
/// numbers; the whole request has at most 256 KiB.
/// </param>
/// <param name="Lifecycle">What a number without a lifecycle of its own is for.</param>
/// <param name="Attach">
/// True: each number is looked up at Twilio, attached and verified before it is Ready. False: it is taken over as it works now.
/// </param>
public sealed record ImportNumbersRequest(
    [Required] string Text,
    StartingLifecycle Lifecycle = StartingLifecycle.Pool,
    bool Attach = false)
{
    /// <summary>Leaves the numbers out.</summary>
    public override string ToString() => nameof(ImportNumbersRequest);
}
