using Microsoft.Extensions.Options;

namespace PhoneMasking.AlertService.Failures.Retrying;

/// <summary>Looks for retries that fell due. Runs on every instance.</summary>
internal sealed partial class RetryWorker(
    RetryDesk desk,
    IOptions<FailureOptions> options,
    TimeProvider clock,
    ILogger<RetryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(15);

    private DateTimeOffset _measuredAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await desk.OrderNextAsync(stoppingToken))
                {
                    // One conversation after the other.
                }

                await MeasureAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must outlive whatever happens to the database.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogPaused(failure.GetType().Name);
            }

            await Task.Delay(options.Value.PollInterval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _measuredAt >= MeasureInterval)
        {
            await desk.MeasureAsync(cancellationToken);
            _measuredAt = now;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Retries wait, will be tried again: {Failure}")]
    private partial void LogPaused(string failure);
}
