using System.Diagnostics.Metrics;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>Counts dead letters by the queue they were taken out of and RabbitMQ's reason.</summary>
internal sealed class DeadLetterMetrics(ServiceTelemetry telemetry)
{
    public const string Instrument = "phonemasking.dead_letters";

    private readonly Counter<long> _letters = telemetry.Meter.CreateCounter<long>(
        Instrument, unit: "{message}", description: "Messages that RabbitMQ gave up delivering");

    public void Count(string queue, string reason) =>
        _letters.Add(1, new KeyValuePair<string, object?>("queue", queue), new KeyValuePair<string, object?>("reason", reason));
}
