using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.NumberService.Allocation;

/// <summary>
/// The pool as a metric, by status; and whether it is healthy, 1 or 0. A metric and not the health check: a pool that runs
/// low keeps no text from being taken.
/// </summary>
internal sealed class PoolGauge
{
    private readonly IOptions<PoolOptions> _options;
    private volatile IReadOnlyList<PoolFigures> _pools = [];

    public PoolGauge(ServiceTelemetry telemetry, IOptions<PoolOptions> options)
    {
        _options = options;
        telemetry.Meter.CreateObservableGauge(
            "phonemasking.numbers.pool", CountByStatus, description: "Pool numbers by status");
        telemetry.Meter.CreateObservableGauge(
            "phonemasking.numbers.pool.healthy", Judge, description: "1 while enough pool numbers are available, else 0");
    }

    public void Show(IReadOnlyList<PoolFigures> pools) => _pools = pools;

    private IEnumerable<Measurement<int>> CountByStatus() => _pools.SelectMany(pool => (Measurement<int>[])
    [
        Measure(pool.Available, pool, "AVAILABLE"),
        Measure(pool.Reserved, pool, "RESERVED"),
        Measure(pool.Assigned, pool, "ASSIGNED"),
    ]);

    private IEnumerable<Measurement<int>> Judge() => _pools.Select(pool => new Measurement<int>(
        pool.Available >= _options.Value.WarningThreshold ? 1 : 0,
        new KeyValuePair<string, object?>("organisation", pool.OrganisationId.Value)));

    private static Measurement<int> Measure(int value, PoolFigures pool, string status) => new(
        value,
        new KeyValuePair<string, object?>("organisation", pool.OrganisationId.Value),
        new KeyValuePair<string, object?>("status", status));
}
