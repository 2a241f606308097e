using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.Failures.Retrying;

/// <summary>
/// Tells the gateway of retries that are due: the texts of one conversation together and in their order. The schedule is in
/// the database, so any number of instances may look; each retry is ordered once.
/// </summary>
internal sealed partial class RetryDesk(
    NpgsqlDataSource database,
    OutboxSignal outbox,
    FailureMetrics metrics,
    IOptions<FailureOptions> options,
    TimeProvider clock,
    ILogger<RetryDesk> logger)
{
    private const int MostTexts = 50;

    // Whoever wants a conversation's retries locks the first one that waits. One that was ordered and not yet confirmed
    // holds the others, too, or the gateway could take two commands in the wrong order; but not for ever.
    private const string Head = """
        SELECT head.organisation_id, head.conversation FROM alerts.retries head
        WHERE head.state = 'Waiting' AND head.due_at <= $1 AND NOT EXISTS (
            SELECT FROM alerts.retries earlier
            WHERE earlier.organisation_id = head.organisation_id AND earlier.conversation = head.conversation
                AND (earlier.sequence, earlier.message_id) < (head.sequence, head.message_id)
                AND (earlier.state = 'Waiting' OR (earlier.state = 'Ordered' AND earlier.ordered_at > $2)))
        ORDER BY head.due_at, head.message_id LIMIT 1 FOR UPDATE OF head SKIP LOCKED
        """;

    private const string OfConversation = """
        SELECT message_id, retry_id, due_at FROM alerts.retries
        WHERE organisation_id = $1 AND conversation = $2 AND state = 'Waiting'
        ORDER BY sequence, message_id LIMIT 50 FOR UPDATE
        """;

    private const string Order = """
        UPDATE alerts.retries SET state = 'Ordered', ordered_at = $2 WHERE message_id = ANY ($1) AND state = 'Waiting'
        """;

    private const string Waiting = "SELECT count(*)::integer, min(due_at) FROM alerts.retries WHERE state = 'Waiting'";

    /// <summary>Orders what is due of one conversation.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when nothing is due.</returns>
    public async Task<bool> OrderNextAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await FindHeadAsync(connection, now, cancellationToken) is not { } head)
        {
            return false;
        }

        var due = await TakeDueAsync(connection, head, now, cancellationToken);
        if (due.Count > 0)
        {
            await using var order = Command(connection, Order, due.Select(retry => retry.MessageId.Value).ToArray(), now);
            await order.ExecuteNonQueryAsync(cancellationToken);
            await OutboxStatements.AddAsync(
                connection,
                AlertDbContext.Schema,
                [OutboxMessage.Of(new RetryMessages(head.OrganisationId, due), now)],
                cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            outbox.Wake();
            metrics.CountRetries("ordered", due.Count);
            LogOrdered(due.Count, due[0].MessageId);
        }

        return true;
    }

    /// <summary>Counts what waits, for the metrics.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Waiting);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var overdue = await reader.IsDBNullAsync(1, cancellationToken)
            ? TimeSpan.Zero
            : clock.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(1);
        metrics.Show(new WaitingRetries(reader.GetInt32(0), overdue > TimeSpan.Zero ? overdue : TimeSpan.Zero));
    }

    private async Task<Conversation?> FindHeadAsync(
        NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Head, now, now - options.Value.RetryDelay);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Conversation(new OrganisationId(reader.GetGuid(0)), reader.GetInt64(1))
            : null;
    }

    // The first that is not due yet holds those behind it.
    private async Task<List<MessageRetry>> TakeDueAsync(
        NpgsqlConnection connection, Conversation conversation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, OfConversation, conversation.OrganisationId.Value, conversation.Key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<MessageRetry>(MostTexts);
        while (await reader.ReadAsync(cancellationToken) && reader.GetFieldValue<DateTimeOffset>(2) is var dueAt && dueAt <= now)
        {
            due.Add(new MessageRetry(
                new MessageId(reader.GetGuid(0)), new MessageId(reader.GetGuid(1)), dueAt + options.Value.RetryNotAfter));
        }

        return due;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object first, object second) =>
        new(sql, connection) { Parameters = { new() { Value = first }, new() { Value = second } } };

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "{Count} texts are sent once more, the first is {MessageId}")]
    private partial void LogOrdered(int count, MessageId messageId);

    private sealed record Conversation(OrganisationId OrganisationId, long Key);
}
