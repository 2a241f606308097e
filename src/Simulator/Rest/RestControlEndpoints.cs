using System.ComponentModel.DataAnnotations;

namespace PhoneMasking.Simulator.Rest;

/// <summary>The pace of REST calls and their counts in the control API.</summary>
internal static class RestControlEndpoints
{
    public static void MapRestControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/pace", (Pace pace) => PaceView.Of(pace.Current));
        control.MapPut("/pace", Change);
        control.MapGet("/counters/operations", (OperationCounts counts) => counts.Read());
    }

    private static PaceView Change(PaceRequest request, Pace pace)
    {
        pace.Current = request.ApplyTo(pace.Current);
        return PaceView.Of(pace.Current);
    }
}

/// <summary>Changes the pace from now on. What is left out stays as it is.</summary>
/// <param name="LatencyMs">How long each call takes at least, in milliseconds.</param>
/// <param name="MostConcurrent">How many calls may be under way at a time; 0 is without limit.</param>
/// <param name="RetryAfterSeconds">What the 429 beyond that asks for.</param>
public sealed record PaceRequest(
    [Range(0, 60_000)] int? LatencyMs,
    [Range(0, 100_000)] int? MostConcurrent,
    [Range(0, 3600)] int? RetryAfterSeconds)
{
    internal PaceSettings ApplyTo(PaceSettings pace) => new(
        LatencyMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : pace.Latency,
        MostConcurrent ?? pace.MostConcurrent,
        RetryAfterSeconds ?? pace.RetryAfterSeconds);
}

/// <summary>The pace now.</summary>
internal sealed record PaceView(double LatencyMs, int MostConcurrent, int RetryAfterSeconds)
{
    public static PaceView Of(PaceSettings pace) =>
        new(pace.Latency.TotalMilliseconds, pace.MostConcurrent, pace.RetryAfterSeconds);
}
