using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Fails texts whose row holds what no text can hold, such as a receiver that is no telephone number: a defect, or a change by
/// another hand. They are told of like any that fails, and those behind them go on.
/// </summary>
internal sealed partial class UnreadableTexts(
    NpgsqlDataSource database,
    OutboxSignal outbox,
    OutboundSignal sending,
    TimeProvider clock,
    ILogger<UnreadableTexts> logger)
{
    // Only what is still this instance's, as with every attempt.
    private const string Fail = """
        WITH failed AS (
            UPDATE gateway.outbound SET state = 5, due_at = @now
            WHERE id = @id AND attempts = @attempt AND state + 0 = 1 RETURNING id
        )
        INSERT INTO gateway.outbox (id, type, body, trace_parent, due_at)
        SELECT @event, @type, @body, @trace, @now FROM failed
        """;

    /// <summary>Reads what the event about a text needs, of a row that <see cref="OutboundClaims"/> cannot read.</summary>
    public static UnreadableText Read(NpgsqlDataReader reader, Exception failure) => new(
        new MessageId(reader.GetGuid(0)),
        new OrganisationId(reader.GetGuid(1)),
        (MessageDirection)reader.GetInt16(2),
        reader.Nullable<Guid?>(3) is { } session ? new SessionId(session) : null,
        reader.Nullable<Guid?>(4) is { } sitter ? new SitterId(sitter) : null,
        reader.Nullable<Guid?>(5) is { } client ? new ClientId(client) : null,
        E164Number.TryParse(reader.GetString(6), out var from) ? from : null,
        reader.GetInt64(7),
        reader.GetInt64(8),
        reader.GetInt32(14),
        failure.GetType().Name);

    /// <summary>Returns when the texts have failed; one for which that is not possible now is taken again after its lease.</summary>
    public async Task FailAsync(IReadOnlyList<UnreadableText> texts, CancellationToken cancellationToken)
    {
        foreach (var text in texts)
        {
            try
            {
                await FailAsync(text, cancellationToken);
                LogFailed(text.Id, text.Failure);
            }
            catch (NpgsqlException failure)
            {
                LogNotFailed(text.Id, failure.GetType().Name);
            }
        }

        if (texts.Count > 0)
        {
            sending.WakeForAll();
            outbox.Wake();
        }
    }

    private async Task FailAsync(UnreadableText text, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var failed = OutboxMessage.Of(
            new MessageFailed(
                text.OrganisationId,
                text.Id,
                text.Direction,
                text.SessionId,
                text.SitterId,
                text.ClientId,
                null,
                "unreadable",
                now,
                text.From,
                text.Conversation,
                text.Sequence),
            now);
        await using var command = database.CreateCommand(Fail);
        command.Parameters.AddWithValue("id", text.Id.Value);
        command.Parameters.AddWithValue("attempt", text.Attempt);
        command.Parameters.AddWithValue("event", failed.Id);
        command.Parameters.AddWithValue("type", failed.Type);
        command.Parameters.AddWithValue("body", failed.Body);
        command.Parameters.AddWithValue("trace", NpgsqlDbType.Text, (object?)failed.TraceParent ?? DBNull.Value);
        command.Parameters.AddWithValue("now", now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Text {MessageId} cannot be read and has failed: {Failure}")]
    private partial void LogFailed(MessageId messageId, string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Text {MessageId} cannot be read and not be failed yet: {Failure}")]
    private partial void LogNotFailed(MessageId messageId, string failure);
}

/// <summary>What can be read of a text that cannot be sent.</summary>
internal sealed record UnreadableText(
    MessageId Id,
    OrganisationId OrganisationId,
    MessageDirection Direction,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    E164Number? From,
    long Conversation,
    long Sequence,
    int Attempt,
    string Failure);
