using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Telemetry;

/// <summary>No number and no body in any log line, metric tag or span, whatever happens to a text.</summary>
[Collection(GatewayGroup.Name)]
public sealed class PrivacyTests(GatewayWorld world)
{
    private const string Canary = "canary-body-7391";

    [Fact]
    public async Task MainFlowsAndFailures_LeaveNoNumberAndNoBodyInLogsMetricsAndSpans()
    {
        var seen = new ConcurrentQueue<string>();
        using var metrics = ListenToMetrics(seen);
        using var spans = ListenToSpans(seen);
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync($"Ana {Canary}");
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync($"Maria {Canary}");
        var before = world.Log.Lines.Count;

        world.Twilio.Next(sitter.RealNumber.Reveal(), Misfortune.Lost(), Misfortune.NotSent());
        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, Canary);
        await world.PassTimeUntilAsync(
            () => Task.FromResult(world.Twilio.AcceptedFor(sitter.RealNumber.Reveal()).Count == 1), "the text");
        world.Twilio.Next(client.Numbers[0].Reveal(), Misfortune.Refused(21211));
        await world.TextAsync(sitter.RealNumber, pool.Number, Canary);
        await world.OutboundAsync(client.Numbers[0], OutboundState.Failed);
        var stranger = FictionNumbers.Next();
        await world.DecisionAsync(await world.TextAsync(stranger, pool.Number, Canary));
        using (var refused = await world.SendAsync(Webhook.OfText(stranger.Reveal(), "", Canary)))
        {
            Assert.Equal(400, (int)refused.StatusCode);
        }

        string[] secrets =
        [
            Canary,
            GatewayHost.AuthToken,
            .. ((Contracts.E164Number[])[sitter.RealNumber, sitter.ReservedNumber!, pool.Number, client.Numbers[0], stranger])
                .Select(number => number.Reveal()[1..]),
        ];
        Assert.All(
            world.Log.Lines.Skip(before).Concat(seen),
            line => Assert.DoesNotContain(secrets, secret => line.Contains(secret, StringComparison.Ordinal)));
        Assert.Contains(seen, tag => tag.StartsWith("phonemasking.", StringComparison.Ordinal));
    }

    private static MeterListener ListenToMetrics(ConcurrentQueue<string> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) => listening.EnableMeasurementEvents(instrument),
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.Enqueue(Describe(instrument, tags)));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => seen.Enqueue(Describe(instrument, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Enqueue(Describe(instrument, tags)));
        listener.Start();
        return listener;
    }

    private static ActivityListener ListenToSpans(ConcurrentQueue<string> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("PhoneMasking", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => seen.Enqueue(
                $"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.Select(e => e.Name))}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static string Describe(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {string.Join(' ', tags.ToArray())}";
}
