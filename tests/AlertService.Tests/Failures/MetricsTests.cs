using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PhoneMasking.AlertService.Failures;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

public sealed class MetricsTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    private readonly ConcurrentDictionary<string, double> _measured = new();

    [Fact]
    public async Task Failures_Retries_AndAlerts_AreCountedByWhatTheyAre()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        using var listener = Listen(instance);
        var business = new Business(instance);

        var passing = await business.FailAsync(30003);
        await business.FailAsync(30003);
        var lasting = await business.FailAsync(30007);
        await business.FailAsync(30007);
        await business.FailAsync(30006, direction: MessageDirection.ClientToSitter);
        await business.FailAsync(null, "refused", MessageDirection.Notice);
        await instance.ArriveAsync(business.Delivery(passing));
        await instance.ArriveAsync(business.Delivery(lasting));
        instance.Clock.Advance(TimeSpan.FromMinutes(10));
        await instance.OrderDueAsync();

        Assert.Equal(2, _measured[$"{FailureMetrics.Failures} Temporary 30003 SitterToClient"]);
        Assert.Equal(2, _measured[$"{FailureMetrics.Failures} Permanent 30007 SitterToClient"]);
        Assert.Equal(1, _measured[$"{FailureMetrics.Failures} Permanent none Notice"]);
        Assert.Equal(2, _measured[$"{FailureMetrics.Retries} planned"]);
        Assert.Equal(1, _measured[$"{FailureMetrics.Retries} dropped"]);
        Assert.Equal(1, _measured[$"{FailureMetrics.Retries} ordered"]);
        Assert.Equal(1, _measured[$"{FailureMetrics.Alerts} sitter"]);
        Assert.Equal(1, _measured[$"{FailureMetrics.Alerts} limited"]);
        Assert.Equal(1, _measured[$"{FailureMetrics.Alerts} sitter-unreachable"]);
    }

    [Fact]
    public async Task RetryThatWaitsTooLong_ShowsHowLongItHasBeenDue()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        using var listener = Listen(instance);
        await instance.OrderDueAsync();
        await new Business(instance).FailAsync(30003);

        await instance.MeasureAsync();
        listener.RecordObservableInstruments();
        Assert.Equal(0, _measured["phonemasking.retries.overdue"]);
        instance.Clock.Advance(TimeSpan.FromMinutes(11));
        await instance.MeasureAsync();
        listener.RecordObservableInstruments();

        Assert.Equal(60, _measured["phonemasking.retries.overdue"]);
        Assert.Equal(1, _measured["phonemasking.retries.waiting"]);
        await instance.OrderDueAsync();
    }

    // Counters add up, gauges show the last.
    private MeterListener Listen(FailureInstance instance)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == instance.Telemetry.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _measured.AddOrUpdate(Key(instrument, tags), value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _measured[Key(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _measured[Key(instrument, tags)] = value);
        listener.Start();
        return listener;
    }

    private static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Select(tag => tag.Value?.ToString()).Prepend(instrument.Name));
}
