using Npgsql;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>Keeps dead letters. Idempotent: a death that is kept already stays as it is.</summary>
internal sealed partial class DeadLetterBox(
    NpgsqlDataSource database,
    OutboxSignal outbox,
    DeadLetterSignal signal,
    DeadLetterMetrics metrics,
    TimeProvider clock,
    ILogger<DeadLetterBox> logger)
{
    private const string Insert = """
        INSERT INTO alerts.dead_letters (
            id, message_id, queue, type, reason, fault, details, content_type, body, sent_before, state, died_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'Open', $11)
        ON CONFLICT (message_id, queue, sent_before) DO NOTHING
        """;

    /// <summary>Keeps a death and tells of it.</summary>
    public async Task KeepAsync(Death death, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await InsertAsync(connection, id, death, now, cancellationToken))
        {
            return;
        }

        // The news of a dead letter that dies itself would bring news for ever.
        if (death.Type is not (nameof(DeadLetterKept) or nameof(DeadLetterSentAgain) or nameof(DeadLetterDiscarded)))
        {
            var kept = new DeadLetterKept(OrganisationId.Default, id, death.Queue, death.Type, death.Reason, now);
            await OutboxStatements.AddAsync(
                connection, AlertDbContext.Schema, [OutboxMessage.Of(kept, now)], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        signal.Wake();
        metrics.Count(death.Queue, death.Reason);
        LogKept(death.Type, death.MessageId, death.Queue, death.Reason, death.Fault);
    }

    private static async Task<bool> InsertAsync(
        NpgsqlConnection connection, Guid id, Death death, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(death.MessageId);
        command.Parameters.AddWithValue(death.Queue);
        command.Parameters.AddWithValue(death.Type);
        command.Parameters.AddWithValue(death.Reason);
        command.Parameters.AddWithValue((object?)death.Fault ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)death.Details ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)death.ContentType ?? DBNull.Value);
        command.Parameters.AddWithValue(death.Body);
        command.Parameters.AddWithValue(death.SentBefore);
        command.Parameters.AddWithValue(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "{Type} {MessageId} taken out of {Queue} and kept as a dead letter: {Reason} {Fault}")]
    private partial void LogKept(string type, Guid messageId, string queue, string reason, string? fault);
}
