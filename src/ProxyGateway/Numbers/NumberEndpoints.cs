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
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        numbers.MapGet("/", ListNumbersPage)
            .RequireScope(Scopes.NumbersRead)
            .WithSummary("Lists the organisation's numbers, oldest first");
        numbers.MapPost("/import", ImportNumbers)
            .RequireScope(Scopes.NumbersWrite)
            .WithMetadata(new RequestSizeLimitAttribute(MaxImportBytes))
            .WithSummary("Takes over numbers that the account already owns; at most 256 KiB; what is there already is skipped")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<Results<Ok<NumberPage>, ApiProblem>> ListNumbersPage(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListNumbers(caller.OrganisationId, after is { } id ? new NumberId(id) : null, limit);
        return (await service.AskAsync<ListNumbers, NumberPage>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<Ok<NumbersImported>, ApiProblem>> ImportNumbers(
        ImportNumbersRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var import = new ImportNumbers(caller.OrganisationId, request.Text, LifecycleOf(request.Lifecycle));
        return (await service.AskAsync<ImportNumbers, NumbersImported>(import, cancellationToken)).As(TypedResults.Ok);
    }

    private static NumberLifecycle LifecycleOf(ImportedLifecycle lifecycle) =>
        lifecycle == ImportedLifecycle.Standby ? NumberLifecycle.StandbyReserved : NumberLifecycle.Pool;
}

/// <summary>Asks for numbers to be taken over.</summary>
/// <param name="Text">
/// A comma- or newline-separated list of numbers, or CSV with the header <c>number,lifecycle</c>; the whole request has at
/// most 256 KiB.
/// </param>
/// <param name="Lifecycle">What a number without a lifecycle of its own is for.</param>
public sealed record ImportNumbersRequest(
    [Required] string Text,
    ImportedLifecycle Lifecycle = ImportedLifecycle.Pool)
{
    /// <summary>Leaves the numbers out.</summary>
    public override string ToString() => nameof(ImportNumbersRequest);
}

/// <summary>What an imported number is for.</summary>
public enum ImportedLifecycle
{
    /// <summary>Stands for clients on sitters' phones.</summary>
    Pool = 0,

    /// <summary>Waits for the next new sitter.</summary>
    Standby = 1,
}
