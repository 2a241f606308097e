using Microsoft.Extensions.Options;
using Npgsql;

namespace PhoneMasking.AlertService.Failures.Retention;

/// <summary>
/// Deletes what is past its time. Any number of instances may do it: each takes rows that no other is taking.
/// </summary>
internal sealed partial class FailureCleaner(
    NpgsqlDataSource database,
    IOptions<FailureOptions> options,
    TimeProvider clock,
    ILogger<FailureCleaner> logger) : BackgroundService
{
    private const int BatchSize = 1000;

    // No indexes on the times: once an hour reading a table costs less than an index does with each text.
    private const string DeleteFailures = """
        DELETE FROM alerts.failures WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM alerts.failures WHERE occurred_at < $1 LIMIT 1000 FOR UPDATE SKIP LOCKED))
        """;

    private const string DeleteRetries = """
        DELETE FROM alerts.retries WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM alerts.retries WHERE due_at < $1 AND state <> 'Waiting' LIMIT 1000 FOR UPDATE SKIP LOCKED))
        """;

    private const string DeleteArrivals = """
        DELETE FROM alerts.arrivals WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM alerts.arrivals WHERE recorded_at < $1 LIMIT 1000 FOR UPDATE SKIP LOCKED))
        """;

    /// <summary>Deletes all that is past its time.</summary>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        var failures = await DeleteAsync(DeleteFailures, now - options.Value.Retention, cancellationToken);
        await DeleteAsync(DeleteRetries, now - options.Value.Retention, cancellationToken);
        await DeleteAsync(DeleteArrivals, now - options.Value.ArrivalRetention, cancellationToken);
        if (failures > 0)
        {
            LogCleaned(failures);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Not all instances at once, which start together.
#pragma warning disable CA5394 // Spreads load; nothing secret.
            var pause = options.Value.CleaningInterval * (0.75 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
            await Task.Delay(pause, clock, stoppingToken);
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    private async Task<int> DeleteAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var total = 0;
        int deleted;
        do
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new() { Value = before });
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
            total += deleted;
        }
        while (deleted == BatchSize);

        return total;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} failures deleted that are past their retention")]
    private partial void LogCleaned(int count);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Failures could not be cleaned, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
