using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Faults;

/// <summary>The fault switches of the control API.</summary>
internal static class FaultEndpoints
{
    public static void AddFaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FaultBoard>();
        builder.Services.AddSingleton<FaultInjector>();
    }

    public static void MapFaults(this IEndpointRouteBuilder control)
    {
        control.MapPost("/faults", Add);
        control.MapGet("/faults", List);
        control.MapDelete("/faults/{id:guid}", Remove);
        control.MapDelete("/faults", Clear);
    }

    private static Ok<FaultView> Add(FaultRequest request, FaultBoard board) =>
        TypedResults.Ok(FaultView.Of(board.Add(request)));

    private static Ok<IEnumerable<FaultView>> List(FaultBoard board) =>
        TypedResults.Ok(board.List().Select(FaultView.Of));

    private static Results<NoContent, NotFound> Remove(Guid id, FaultBoard board) =>
        board.Remove(id) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static NoContent Clear(FaultBoard board)
    {
        board.Clear();
        return TypedResults.NoContent();
    }
}

/// <summary>Asks for a fault.</summary>
/// <param name="Mode">What goes wrong.</param>
/// <param name="Operation">Which calls it is about. Default: send. Without meaning for undelivered and failed.</param>
/// <param name="To">Only calls or messages to this number.</param>
/// <param name="From">Only calls or messages from this number.</param>
/// <param name="Contains">Only messages whose body contains this.</param>
/// <param name="Calls">How often it strikes. Default: until cleared.</param>
/// <param name="Probability">Share of matching calls it strikes, above 0, to 1. Default: 1.</param>
/// <param name="Seed">Seed of the dice, to repeat a run.</param>
/// <param name="Code">Twilio's code: of the 400 answer (default 21211) or of the failed delivery (30003).</param>
/// <param name="Message">Text of the 400 answer.</param>
/// <param name="RetryAfterSeconds">The Retry-After header of a 429. Default: none.</param>
/// <param name="DelayMs">How late slow and acceptSlow answer, in milliseconds. Default: 2,000.</param>
public sealed record FaultRequest(
    [Required] FaultMode Mode,
    RestOperation? Operation,
    string? To,
    string? From,
    string? Contains,
    [Range(1, int.MaxValue)] int? Calls,
    [Range(0.0, 1.0)] double? Probability,
    int? Seed,
    [Range(10000, 99999)] int? Code,
    string? Message,
    [Range(0, 3600)] int? RetryAfterSeconds,
    [Range(0, 600_000)] int? DelayMs);

/// <summary>A fault that is switched on, and how often it has struck.</summary>
internal sealed record FaultView(Guid Id, FaultMode Mode, int Hits, FaultRequest Request)
{
    public static FaultView Of(Fault fault) => new(fault.Id, fault.Mode, fault.Hits, fault.Request);
}
