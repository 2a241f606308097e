using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>
/// Publishes committed outbox rows with confirms and deletes them. A crash in between publishes them again, with the same
/// message id. Any number of instances share the work (SKIP LOCKED).
/// </summary>
/// <remarks>
/// Rows are published side by side: what must be in order (the texts of a conversation, the versions of a number) is put
/// in order by the receiver's database, because no broker keeps order across several consumers (docs/adr/0002).
/// </remarks>
internal sealed partial class OutboxRelay(
    NpgsqlDataSource database,
    ServiceSchema schema,
    IBus bus,
    OutboxSignal signal,
    ServiceTelemetry telemetry,
    TimeProvider clock,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly string _claim = $"""
        SELECT id, type, body, trace_parent FROM {schema.Name}.outbox
        WHERE due_at <= @now ORDER BY sequence LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
        """;

    private readonly string _delete = $"DELETE FROM {schema.Name}.outbox WHERE id = ANY(@ids)";

    private readonly string _postpone =
        $"UPDATE {schema.Name}.outbox SET attempts = attempts + 1, due_at = @due WHERE id = ANY(@ids)";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await RelayBatchAsync(stoppingToken);
                if (claimed < BatchSize)
                {
                    await signal.WaitAsync(PollInterval, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must outlive whatever happens to the database or the broker.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogRelayFailed(failure.GetType().Name);
                await signal.WaitAsync(PollInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> RelayBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await ClaimAsync(connection, cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        var published = await Task.WhenAll(rows.Select(row => TryPublishAsync(row, cancellationToken)));
        var done = rows.Where((_, index) => published[index]).Select(row => row.Id).ToArray();
        var failed = rows.Where((_, index) => !published[index]).Select(row => row.Id).ToArray();
        if (done.Length > 0)
        {
            await using var delete = new NpgsqlCommand(_delete, connection);
            delete.Parameters.AddWithValue("ids", done);
            await delete.ExecuteNonQueryAsync(CancellationToken.None);
        }

        if (failed.Length > 0)
        {
            await using var postpone = new NpgsqlCommand(_postpone, connection);
            postpone.Parameters.AddWithValue("ids", failed);
            postpone.Parameters.AddWithValue("due", clock.GetUtcNow() + RetryDelay);
            await postpone.ExecuteNonQueryAsync(CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return rows.Count;
    }

    private async Task<List<Row>> ClaimAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var claim = new NpgsqlCommand(_claim, connection);
        claim.Parameters.AddWithValue("now", clock.GetUtcNow());
        await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new Row(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetString(3)));
        }

        return rows;
    }

    private async Task<bool> TryPublishAsync(Row row, CancellationToken cancellationToken)
    {
        using var span = telemetry.StartFrom("outbox publish", ActivityKind.Internal, row.TraceParent);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(PublishTimeout);
        try
        {
            var type = typeof(E164Number).Assembly.GetType($"PhoneMasking.Contracts.{row.Type}", throwOnError: true)!;
            var message = JsonSerializer.Deserialize(row.Body, type, JsonSerializerOptions.Web)!;
            await bus.Publish(message, type, context => Address(context, row.Id), deadline.Token);
            return true;
        }
#pragma warning disable CA1031 // One row that cannot be published must not hold up the others; it is tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogPublishFailed(row.Type, row.Id, failure.GetType().Name);
            return false;
        }
    }

    private static void Address(PublishContext context, Guid messageId)
    {
        context.MessageId = messageId;

        // RabbitMQ confirms a message that no queue takes, too; mandatory makes that a failure, so it is tried again.
        context.Mandatory = true;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Outbox relay paused: {Failure}")]
    private partial void LogRelayFailed(string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Type} {MessageId} not published, will be tried again: {Failure}")]
    private partial void LogPublishFailed(string type, Guid messageId, string failure);

    private sealed record Row(Guid Id, string Type, string Body, string? TraceParent);
}
