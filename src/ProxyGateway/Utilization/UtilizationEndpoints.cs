using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Utilization;

/// <summary>How busy the numbers are, now and over time. NumberService records it.</summary>
internal static class UtilizationEndpoints
{
    private const int DefaultDays = 30;
    private const int MaxDays = 400;

    public static void MapUtilization(this IEndpointRouteBuilder api)
    {
        var utilization = api.MapGroup("/utilization").WithTags("Utilization");

        utilization.MapGet("/", GetUtilization)
            .RequireScope(Scopes.NumbersRead)
            .WithSummary("Reads how busy the numbers are now, and when the monitors run next");
        utilization.MapGet("/history", GetUtilizationHistory)
            .RequireScope(Scopes.NumbersRead)
            .WithSummary("Reads how busy the numbers were, oldest first: the last 30 days unless asked otherwise, at most 400 days")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<UtilizationNow>, ApiProblem>> GetUtilization(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        (await service.AskAsync<ReadUtilization, UtilizationNow>(new ReadUtilization(caller.OrganisationId), cancellationToken))
            .As(TypedResults.Ok);

    private static async Task<Results<Ok<UtilizationHistory>, ApiProblem>> GetUtilizationHistory(
        ApiCaller caller,
        OwningService service,
        TimeProvider clock,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        [Range(2, 1_000)] int points = 200)
    {
        var end = (to ?? clock.GetUtcNow()).ToUniversalTime();
        if (from is null && end < DateTimeOffset.MinValue.AddDays(DefaultDays))
        {
            return InvalidSpan("to");
        }

        var start = (from ?? end.AddDays(-DefaultDays)).ToUniversalTime();
        if (start >= end || end - start > TimeSpan.FromDays(MaxDays))
        {
            return InvalidSpan("from");
        }

        var request = new ListUtilization(caller.OrganisationId, start, end, points);
        return (await service.AskAsync<ListUtilization, UtilizationHistory>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static ApiProblem InvalidSpan(string field) => new(
        StatusCodes.Status400BadRequest,
        "invalid-time-span",
        "Invalid time span",
        $"Send from before to, as 2026-11-01T00:00:00Z, at most {MaxDays} days apart.")
    {
        Field = field,
    };
}
