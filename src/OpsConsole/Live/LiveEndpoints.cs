using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.Live;

/// <summary>HTTP out: tells a page that something happened, and no more than that; the page then asks for itself again.</summary>
internal static class LiveEndpoints
{
    // The audit log records an event a moment after it happened; the second look shows it.
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(2);

    // A browser that is gone is noticed when something is written to it.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    /// <summary>Maps <c>GET /live</c>: server-sent events <c>changed</c> and <c>alive</c>.</summary>
    /// <param name="routes">The console.</param>
    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live", Follow);

    private static ServerSentEventsResult<string> Follow(
        LiveFeed feed,
        IOptions<LiveOptions> options,
        TimeProvider clock,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(
            SignalsAsync(feed, options.Value.LiveInterval, clock, lifetime.ApplicationStopping, cancellationToken));

    private static async IAsyncEnumerable<SseItem<string>> SignalsAsync(
        LiveFeed feed,
        TimeSpan interval,
        TimeProvider clock,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using var listener = feed.Join(clock);
        yield return Item("alive");
        var patience = Heartbeat;
        while (true)
        {
            var heard = await listener.WaitAsync(patience, end.Token);
            if (heard == Heard.End)
            {
                yield break;
            }

            if (heard == Heard.Something)
            {
                await listener.GatherAsync(interval, end.Token);
            }

            yield return Item(heard == Heard.Nothing && patience == Heartbeat ? "alive" : "changed");
            patience = heard == Heard.Something ? SecondLook : Heartbeat;
        }
    }

    private static SseItem<string> Item(string kind) => new(kind, kind);
}
