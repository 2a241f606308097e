using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ServiceDefaults.Messaging.Inbox;

/// <summary>
/// Deletes what the inbox need not know any more. Any number of instances may do it: each takes rows that no other is taking.
/// </summary>
internal sealed partial class InboxCleaner(
    NpgsqlDataSource database,
    ServiceSchema schema,
    IOptions<InboxOptions> options,
    TimeProvider clock,
    ILogger<InboxCleaner> logger) : BackgroundService
{
    private const int BatchSize = 1000;

    // No index on the time: once an hour reading the table costs less than an index does with each message. The oldest rows
    // come first in it, so a batch reads little more than it deletes.
    private readonly string _delete = $"""
        DELETE FROM {schema.Name}.inbox WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM {schema.Name}.inbox WHERE received_at < $1 LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
        """;

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

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().ToUniversalTime() - options.Value.Retention;
        var total = 0;
        int deleted;
        do
        {
            await using var command = database.CreateCommand(_delete);
            command.Parameters.AddWithValue(before);
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
            total += deleted;
        }
        while (deleted == BatchSize);

        if (total > 0)
        {
            LogCleaned(total);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} inbox rows deleted that are past their retention")]
    private partial void LogCleaned(int count);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The inbox could not be cleaned, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
