using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Notices;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.SitterAlerts;

/// <summary>
/// Tells a sitter, in the thread of the client concerned, that a text did not arrive: once for each alert, in one
/// transaction with the event that tells of it. An alert is a notice: when it fails nobody is told.
/// </summary>
internal sealed partial class SitterAlertDesk(
    NpgsqlDataSource database,
    IOptions<NoticeOptions> notices,
    OutboundSignal sending,
    OutboxSignal outbox,
    TimeProvider clock,
    ILogger<SitterAlertDesk> logger)
{
    private const string Add = """
        INSERT INTO gateway.outbound (id, organisation_id, part, direction, session_id, sitter_id, client_id, from_number,
            to_number, body, media, due_at, trace_parent, created_at)
        VALUES (@id, @organisation, 0, 2, @session, @sitter, @client, @from, @to, @body, '{}', @now, @trace, @now)
        """;

    private const string Drop = """
        INSERT INTO gateway.dropped_texts (id, failed_id, reason, dropped_at) VALUES (@id, @failed, @reason, @now)
        """;

    /// <summary>Returns when it is decided and committed; what was decided before stays as it is.</summary>
    public async Task DecideAsync(SendSitterAlert command, CancellationToken cancellationToken)
    {
        if (await DecideInOneAsync(command, cancellationToken) is { } thread)
        {
            sending.WakeFor([(thread.PoolNumber, thread.Phone)]);
        }

        outbox.Wake();
    }

    /// <returns>The thread in which the sitter is told; none when she is not.</returns>
    private async Task<SitterThread?> DecideInOneAsync(SendSitterAlert command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (decided, pair) = await AlertedPairs.LockAndReadAsync(connection, command, now, cancellationToken);
        if (decided)
        {
            return null;
        }

        var reason = pair is null ? "unknown-text" : pair.ReasonToDrop;
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(reason is null ? Adding(command, pair!, now) : Dropping(command, reason, now));
            await OutboxStatements.CommitAsync(
                batch, GatewayDbContext.Schema, [EventOf(command, pair, reason, now)], cancellationToken);
        }

        LogDecided(command.AlertId, reason ?? "sent");
        return reason is null ? pair!.Thread : null;
    }

    private NpgsqlBatchCommand Adding(SendSitterAlert command, AlertedPair pair, DateTimeOffset now)
    {
        var template = pair.Direction == MessageDirection.SitterToClient
            ? notices.Value.TextNotDelivered
            : notices.Value.ClientTextNotDelivered;
        var adding = new NpgsqlBatchCommand(Add);
        var values = adding.Parameters;
        values.AddWithValue("id", command.AlertId.Value);
        values.AddWithValue("organisation", command.OrganisationId.Value);
        values.AddWithValue("session", pair.SessionId.Value);
        values.AddWithValue("sitter", pair.SitterId.Value);
        values.AddWithValue("client", pair.ClientId.Value);
        values.AddWithValue("from", pair.Thread!.PoolNumber.Reveal());
        values.AddWithValue("to", pair.Thread.Phone.Reveal());
        values.AddWithValue("body", template.Replace(NoticeOptions.Client, pair.ClientName, StringComparison.Ordinal));
        values.AddWithValue("now", now);
        values.AddWithValue("trace", NpgsqlDbType.Text, (object?)Activity.Current?.Id ?? DBNull.Value);
        return adding;
    }

    private static NpgsqlBatchCommand Dropping(SendSitterAlert command, string reason, DateTimeOffset now)
    {
        var dropping = new NpgsqlBatchCommand(Drop);
        dropping.Parameters.AddWithValue("id", command.AlertId.Value);
        dropping.Parameters.AddWithValue("failed", command.FailedMessageId.Value);
        dropping.Parameters.AddWithValue("reason", reason);
        dropping.Parameters.AddWithValue("now", now);
        return dropping;
    }

    private static OutboxMessage EventOf(SendSitterAlert command, AlertedPair? pair, string? reason, DateTimeOffset now) =>
        reason is null
            ? OutboxMessage.Of(
                new SitterAlerted(
                    command.OrganisationId,
                    command.AlertId,
                    command.FailedMessageId,
                    pair!.SessionId,
                    pair.SitterId,
                    pair.ClientId,
                    now),
                now)
            : OutboxMessage.Of(
                new SitterAlertDropped(
                    command.OrganisationId,
                    command.AlertId,
                    command.FailedMessageId,
                    pair?.SessionId,
                    pair?.SitterId,
                    pair?.ClientId,
                    reason,
                    now),
                now);

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Sitter's alert {AlertId}: {Decision}")]
    private partial void LogDecided(MessageId alertId, string decision);
}
