using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// The last net under a text: one that was stored but never decided on, because its command ended in the error queue or
/// was lost with a broker, is queued again; so is one that is held though what it waited for has come, and one that has waited
/// long enough for news.
/// </summary>
internal sealed partial class ForgottenTexts(
    NpgsqlDataSource database,
    FirstLoad firstLoad,
    IOptions<RoutingOptions> options,
    OutboxSignal outbox,
    TimeProvider clock,
    ILogger<ForgottenTexts> logger) : BackgroundService
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A text waits at most twice as long as it should.
        var patience = options.Value.NewsPatience;
        using var timer = new PeriodicTimer(patience < LongestInterval ? patience : LongestInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                if (!await firstLoad.IsDoneAsync(connection, stoppingToken))
                {
                    continue;
                }

                var now = clock.GetUtcNow();
                var forgotten = await HeldTexts.QueueForgottenAsync(connection, Patience, now, stoppingToken);
                if (forgotten)
                {
                    LogForgotten();
                }

                var overlooked = await HeldTexts.QueueOverlookedAsync(connection, now, stoppingToken);
                if (await AwaitedNews.QueueDueAsync(connection, now, stoppingToken) || overlooked || forgotten)
                {
                    outbox.Wake();
                }
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Texts without a decision were queued for routing again")]
    private partial void LogForgotten();

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Could not look for texts without a decision: {Failure}")]
    private partial void LogFailed(string failure);
}
