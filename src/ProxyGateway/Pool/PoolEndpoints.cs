using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Pool;

/// <summary>The pool as a whole, and numbers that one client gets alone. NumberService decides.</summary>
internal static class PoolEndpoints
{
    public static void MapPool(this IEndpointRouteBuilder api)
    {
        var pool = api.MapGroup("/pool").WithTags("Pool");

        pool.MapGet("/", GetPool)
            .RequireScope(Scopes.NumbersRead)
            .WithSummary("Reads how full the pool is, and whether enough numbers are available");
        pool.MapPost("/allocations", AllocateNumber)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Gives one pool number to a client alone: 201 ALLOCATED, 200 ALREADY_ASSIGNED, 404 CLIENT_NOT_FOUND, "
                + "409 POOL_EMPTY or 503 ALLOCATION_ERROR, as result")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<PoolStatistics>, ApiProblem>> GetPool(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        (await service.AskAsync<ReadPool, PoolStatistics>(new ReadPool(caller.OrganisationId), cancellationToken))
            .As(TypedResults.Ok);

    private static async Task<Results<Created<AllocatedNumber>, Ok<AllocatedNumber>, ApiProblem>> AllocateNumber(
        AllocateNumberRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var client = new ClientId(request.ClientId!.Value);
        var answer = await service.AskAsync<AllocateNumber, NumberAllocation>(
            new AllocateNumber(caller.OrganisationId, client), cancellationToken);
        if (answer.Value is not { } allocation)
        {
            return answer.Problem! with { Result = Problems.AllocationError };
        }

        return allocation.Result switch
        {
            AllocationResult.Allocated => TypedResults.Created(
                $"/v1/numbers/{allocation.NumberId}", AllocatedNumber.Of("ALLOCATED", client, allocation)),
            AllocationResult.AlreadyAssigned => TypedResults.Ok(AllocatedNumber.Of("ALREADY_ASSIGNED", client, allocation)),
            var refused => Problems.Of(refused),
        };
    }
}

/// <summary>Asks for a number for one client alone.</summary>
/// <param name="ClientId">The client.</param>
public sealed record AllocateNumberRequest([Required] Guid? ClientId);

/// <summary>The number that a client has alone.</summary>
/// <param name="Result"><c>ALLOCATED</c> when it is new, <c>ALREADY_ASSIGNED</c> when the client had it before.</param>
/// <param name="ClientId">The client.</param>
/// <param name="NumberId">The number's id.</param>
/// <param name="Number">The number.</param>
internal sealed record AllocatedNumber(string Result, ClientId ClientId, NumberId? NumberId, E164Number? Number)
{
    public static AllocatedNumber Of(string result, ClientId client, NumberAllocation allocation) =>
        new(result, client, allocation.NumberId, allocation.Number);
}
