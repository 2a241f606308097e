using Microsoft.Extensions.Options;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>Sends what is due, one e-mail after the other. The database is the queue, so any number of instances may run.</summary>
internal sealed partial class EmailDispatcher(
    EmailDesk desk,
    EmailQueue queue,
    EmailMetrics metrics,
    EmailSignal signal,
    IOptions<EmailOptions> options,
    TimeProvider clock,
    ILogger<EmailDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(15);

    private DateTimeOffset _measuredAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var mayBeMore = false;
            try
            {
                await MeasureAsync(stoppingToken);
                mayBeMore = await desk.SendNextAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must outlive whatever happens to the database or the mail server.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogPaused(failure.GetType().Name);
            }

            if (!mayBeMore)
            {
                await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Before an attempt, which may take long while the mail server is away.
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _measuredAt >= MeasureInterval)
        {
            var oldest = await queue.FindOldestAsync(cancellationToken);
            metrics.ShowOldest(oldest is { } written && written < now ? now - written : TimeSpan.Zero);
            _measuredAt = now;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "E-mails wait, will be tried again: {Failure}")]
    private partial void LogPaused(string failure);
}
