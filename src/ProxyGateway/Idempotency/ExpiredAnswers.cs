using Microsoft.Extensions.Options;
using Npgsql;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>Deletes answers that are older than the retention. Any number of instances may do it.</summary>
internal sealed partial class ExpiredAnswers(
    AnswerStore store,
    IOptions<IdempotencyOptions> options,
    TimeProvider clock,
    ILogger<ExpiredAnswers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CleanUpInterval, clock);
        do
        {
            try
            {
                await store.DeleteExpiredAsync(stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Old answers could not be deleted, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
