using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Monitors;

/// <summary>The jobs that keep enough numbers at hand. NumberService runs them.</summary>
internal static class MonitorEndpoints
{
    public static void MapMonitors(this IEndpointRouteBuilder api)
    {
        var monitors = api.MapGroup("/monitors").WithTags("Monitors");

        monitors.MapGet("/runs", ListMonitorRunsPage)
            .RequireScope(Scopes.NumbersRead)
            .WithSummary("Lists the monitors' runs, newest first: what each saw and decided")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        monitors.MapPost("/pool-capacity/run", RunPoolCapacity)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Runs the pool capacity monitor now: it orders one pool number when too many are in use");
        monitors.MapPost("/standby-keeper/run", RunStandbyKeeper)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Runs the standby keeper now: it orders one standby number when there is none");
    }

    private static async Task<Results<Ok<MonitorRunPage>, ApiProblem>> ListMonitorRunsPage(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken,
        Word<NumberMonitor>? monitor = null,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListMonitorRuns(caller.OrganisationId, monitor?.Value, after, limit);
        return (await service.AskAsync<ListMonitorRuns, MonitorRunPage>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static Task<Results<Ok<MonitorRun>, ApiProblem>> RunPoolCapacity(
        RequestId requestId,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        RunAsync(NumberMonitor.PoolCapacity, requestId, caller, service, cancellationToken);

    private static Task<Results<Ok<MonitorRun>, ApiProblem>> RunStandbyKeeper(
        RequestId requestId,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        RunAsync(NumberMonitor.StandbyKeeper, requestId, caller, service, cancellationToken);

    private static async Task<Results<Ok<MonitorRun>, ApiProblem>> RunAsync(
        NumberMonitor monitor,
        RequestId requestId,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var request = new RunMonitor(caller.OrganisationId, requestId.Value, monitor);
        return (await service.AskAsync<RunMonitor, MonitorRun>(request, cancellationToken)).As(TypedResults.Ok);
    }
}
