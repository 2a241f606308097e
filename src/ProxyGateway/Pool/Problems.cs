using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Pool;

/// <summary>Every refusal of this capability, with the result's word.</summary>
internal static class Problems
{
    public const string AllocationError = "ALLOCATION_ERROR";

    public static ApiProblem Of(AllocationResult refused) => refused switch
    {
        AllocationResult.PoolEmpty => new(
            StatusCodes.Status409Conflict,
            "pool-empty",
            "The pool is empty",
            "No pool number is ready and free of sessions. Buy numbers with POST /v1/numbers, or wait until sessions close.")
        {
            Result = "POOL_EMPTY",
        },
        AllocationResult.ClientNotFound => new(
            StatusCodes.Status404NotFound, "unknown-client", "Unknown client", "There is no client with this id.")
        {
            Field = "clientId",
            Result = "CLIENT_NOT_FOUND",
        },
        _ => new(
            StatusCodes.Status503ServiceUnavailable,
            "allocation-error",
            "The allocation could not be decided",
            "Nothing was changed. Try again in some seconds.")
        {
            Result = AllocationError,
        },
    };
}
