using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Retries;

/// <summary>
/// Decides whether failed texts go out once more: each once, in one transaction with the event that tells of it. A retry is
/// a text of its own, behind all others of its conversation, and sent like any.
/// </summary>
internal sealed partial class RetryDesk(
    NpgsqlDataSource database,
    OutboundSignal sending,
    OutboxSignal outbox,
    TimeProvider clock,
    ILogger<RetryDesk> logger)
{
    private const string Add = """
        INSERT INTO gateway.outbound (id, organisation_id, part, direction, session_id, sitter_id, client_id, from_number,
            to_number, body, media, due_at, trace_parent, created_at, retry_of)
        SELECT retry.id, text.organisation_id, text.part, text.direction, text.session_id, session.sitter_id,
            session.client_id, text.from_number, text.to_number, text.body, text.media, @now, @trace, @now, text.id
        FROM unnest(@retries, @ids) WITH ORDINALITY AS retry(id, text, position)
        JOIN gateway.outbound text ON text.id = retry.text
        JOIN gateway.sessions session ON session.id = text.session_id
        ORDER BY retry.position
        """;

    private const string Drop = """
        INSERT INTO gateway.dropped_texts (id, failed_id, reason, dropped_at)
        SELECT id, text, reason, @now FROM unnest(@retries, @ids, @reasons) AS retry(id, text, reason)
        """;

    /// <summary>Returns when all retries are decided and committed; what was decided before stays as it is.</summary>
    public async Task DecideAsync(RetryMessages command, CancellationToken cancellationToken)
    {
        var added = await DecideInOneAsync(command, cancellationToken);
        outbox.Wake();
        if (added.Count > 0)
        {
            sending.WakeFor(added.Select(text => (text.From, text.To)));
        }
    }

    private async Task<List<FailedText>> DecideInOneAsync(RetryMessages command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (decided, known) = await FailedTexts.LockAndReadAsync(connection, command, now, cancellationToken);
        List<RetryDecision> decisions =
        [
            .. command.Retries.DistinctBy(retry => retry.MessageId)
                .Where(retry => !decided.Contains(retry.MessageId))
                .Select(retry => RetryDecision.On(retry, known.GetValueOrDefault(retry.MessageId), now)),
        ];
        if (decisions.Count == 0)
        {
            return [];
        }

        var events = decisions.ConvertAll(decision => decision.EventOf(command.OrganisationId, now));
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            AddStatements(batch, decisions, now);
            await OutboxStatements.CommitAsync(batch, GatewayDbContext.Schema, events, cancellationToken);
        }

        foreach (var decision in decisions)
        {
            LogDecided(decision.Retry.MessageId, decision.Reason ?? "sent once more");
        }

        return [.. decisions.Where(decision => decision.Reason is null).Select(decision => decision.Text!)];
    }

    private static void AddStatements(NpgsqlBatch batch, List<RetryDecision> decisions, DateTimeOffset now)
    {
        if (decisions.Where(decision => decision.Reason is null).ToList() is { Count: > 0 } added)
        {
            var add = StatementOf(Add, added, now);
            add.Parameters.AddWithValue("trace", NpgsqlDbType.Text, (object?)Activity.Current?.Id ?? DBNull.Value);
            batch.BatchCommands.Add(add);
        }

        if (decisions.Where(decision => decision.Reason is not null).ToList() is { Count: > 0 } dropped)
        {
            var drop = StatementOf(Drop, dropped, now);
            drop.Parameters.AddColumn("reasons", NpgsqlDbType.Text, dropped, decision => decision.Reason);
            batch.BatchCommands.Add(drop);
        }
    }

    private static NpgsqlBatchCommand StatementOf(string statement, List<RetryDecision> decisions, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.Parameters.AddColumn("retries", NpgsqlDbType.Uuid, decisions, decision => decision.Retry.RetryId.Value);
        command.Parameters.AddColumn("ids", NpgsqlDbType.Uuid, decisions, decision => decision.Retry.MessageId.Value);
        command.Parameters.AddWithValue("now", now);
        return command;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Text {MessageId} failed before: {Decision}")]
    private partial void LogDecided(MessageId messageId, string decision);
}
