using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.NumberService.Allocation;
using PhoneMasking.NumberService.Monitors;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Utilization;

/// <summary>Records utilization when it changes, and at least hourly; tidies up what is old; shows the pool's gauges.</summary>
internal sealed partial class UtilizationSampler(
    IServiceScopeFactory scopes,
    IOptions<UtilizationOptions> options,
    IOptions<MonitorOptions> monitors,
    PoolGauge gauge,
    TimeProvider clock,
    ILogger<UtilizationSampler> logger) : BackgroundService
{
    private static readonly TimeSpan TidyInterval = TimeSpan.FromHours(1);

    private DateTimeOffset _tidiedAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SampleInterval, clock);
        do
        {
            try
            {
                await SampleAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is DbUpdateException or NpgsqlException or InvalidOperationException)
            {
                LogFailed(failure.GetBaseException().GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var log = scope.ServiceProvider.GetRequiredService<UtilizationLog>();
        var now = clock.GetStorableNow();
        await log.SampleAsync(
            monitors.Value.Headroom, now - options.Value.RecordInterval, now, cancellationToken);
        gauge.Show(await scope.ServiceProvider.GetRequiredService<PoolCount>().ReadAllAsync(cancellationToken));
        if (now - _tidiedAt >= TidyInterval)
        {
            await log.TidyAsync(now - options.Value.ThinAfter, now - options.Value.Retention, cancellationToken);
            _tidiedAt = now;
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "Utilization could not be recorded, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
