using System.Diagnostics.Metrics;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>Counts dead letters by the queue they were taken out of and why, and shows how many are open.</summary>
internal sealed class DeadLetterMetrics
{
    public const string Instrument = "phonemasking.dead_letters";
    public const string OpenInstrument = "phonemasking.dead_letters.open";

    private readonly Counter<long> _letters;
    private long _open = -1;

    public DeadLetterMetrics(ServiceTelemetry telemetry)
    {
        _letters = telemetry.Meter.CreateCounter<long>(
            Instrument, unit: "{message}", description: "Messages that no consumer could process");
        telemetry.Meter.CreateObservableGauge(
            OpenInstrument,
            () => Interlocked.Read(ref _open) is >= 0 and var open ? [new Measurement<long>(open)] : Array.Empty<Measurement<long>>(),
            unit: "{message}",
            description: "Dead letters that nobody has decided on; every instance shows the same");
    }

    public void Count(string queue, string reason) =>
        _letters.Add(1, new KeyValuePair<string, object?>("queue", queue), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>How many are open in all.</summary>
    public void ShowOpen(int count) => Interlocked.Exchange(ref _open, count);
}
