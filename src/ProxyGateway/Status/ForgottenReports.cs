using Npgsql;

namespace PhoneMasking.ProxyGateway.Status;

/// <summary>
/// The last net under a status report: one that did not name its text and came when its send was being recorded takes effect
/// after all. Any number of instances may do it.
/// </summary>
internal sealed partial class ForgottenReports(
    EarlyReports reports,
    TimeProvider clock,
    ILogger<ForgottenReports> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await reports.ApplyForgottenAsync(clock.GetUtcNow() - Oldest, stoppingToken) is > 0 and var found)
                {
                    LogForgotten(found);
                }
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} status reports took effect late")]
    private partial void LogForgotten(int count);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Could not look for status reports without effect: {Failure}")]
    private partial void LogFailed(string failure);
}
