using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Gathering;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Status;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>Records how attempts ended, many at a time. What another instance has taken over meanwhile is left alone.</summary>
internal sealed class AttemptWriter : IAsyncDisposable
{
    // Only what is still ours: a status callback may have been faster, or another instance has taken over.
    // Its events are told with it or not at all.
    // The sum keeps the planner to the texts' ids: it read the indexes of unsent texts instead, with all that were sent since
    // their last vacuum, because statistics know next to none that are being sent.
    private const string Record = """
        WITH recorded AS (
            UPDATE gateway.outbound text
            SET state = outcome.state,
                due_at = outcome.due,
                provider_sid = coalesce(text.provider_sid, outcome.sid),
                error_code = coalesce(outcome.code, text.error_code)
            FROM (SELECT * FROM unnest(@ids, @attempts, @states, @dues, @sids, @codes)
                AS outcome(id, attempt, state, due, sid, code) ORDER BY id) AS outcome
            WHERE text.id = outcome.id AND text.attempts = outcome.attempt AND text.state + 0 = 1
            RETURNING text.id
        ), told AS (
            INSERT INTO gateway.outbox (id, type, body, trace_parent, due_at)
            SELECT event.id, type, body, trace, due
            FROM unnest(@events, @texts, @types, @bodies, @traces, @event_dues)
                AS event(id, text, type, body, trace, due)
            WHERE text IN (SELECT id FROM recorded)
        )
        SELECT id FROM recorded
        """;

    // Asked after the commit: what was routed before it is seen here, and what is routed later finds the way free.
    private const string HasFollowers = """
        SELECT EXISTS (SELECT 1 FROM gateway.outbound text CROSS JOIN LATERAL (SELECT 1 FROM gateway.outbound follower
                WHERE follower.conversation = text.conversation AND follower.unsent IS NOT NULL AND follower.sequence > text.sequence
                ORDER BY follower.conversation, follower.sequence LIMIT 1) AS waiting
            WHERE text.id = ANY(@ids))
        """;

    private readonly NpgsqlDataSource _database;
    private readonly OutboxSignal _outbox;
    private readonly OutboundSignal _sending;
    private readonly TimeProvider _clock;
    private readonly OptOutRefusals _refusals;
    private readonly EarlyReports _earlyReports;
    private readonly Gatherer<Attempt> _gatherer;

    public AttemptWriter(
        NpgsqlDataSource database,
        OutboxSignal outbox,
        OutboundSignal sending,
        OptOutRefusals refusals,
        EarlyReports earlyReports,
        TimeProvider clock)
    {
        _database = database;
        _outbox = outbox;
        _sending = sending;
        _refusals = refusals;
        _earlyReports = earlyReports;
        _clock = clock;
        _gatherer = new Gatherer<Attempt>(workers: 2, maxBatch: 200, capacity: 8192, clock, WriteAsync);
    }

    /// <summary>Returns when the attempt's end is committed.</summary>
    /// <exception cref="NpgsqlException">It could not be recorded; after the lease the text counts as unknown.</exception>
    public Task RecordAsync(Attempt attempt, CancellationToken cancellationToken) =>
        _gatherer.AddAsync(attempt, cancellationToken);

    public ValueTask DisposeAsync() => _gatherer.DisposeAsync();

    private async Task WriteAsync(IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        var early = await StoreAsync(attempts, cancellationToken);

        // With the connection back in the pool.
        await _earlyReports.ApplyAsync(early, cancellationToken);
    }

    /// <summary>Records, and wakes whoever has to go on.</summary>
    /// <returns>What was reported of the texts before.</returns>
    private async Task<List<StatusReport>> StoreAsync(IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);

        // Each statement commits by itself, so those behind the record see what was committed before it.
        await using var batch = new NpgsqlBatch(connection) { EnableErrorBarriers = true };
        var refused = attempts.Any(attempt => attempt.ErrorCode == OptOutRefusals.OptedOutCode);
        if (refused)
        {
            await RecordRefusalsAsync(connection, attempts, now, cancellationToken);
            _sending.WakeForAll();
        }
        else
        {
            batch.BatchCommands.Add(RecordCommand(attempts, now));
        }

        var followers = new NpgsqlBatchCommand(HasFollowers);
        followers.Parameters.AddColumn("ids", NpgsqlDbType.Uuid, attempts, attempt => attempt.Text.Text.Id.Value);
        batch.BatchCommands.Add(followers);
        batch.BatchCommands.Add(EarlyReports.KeptCommand(
            [.. attempts.Select(attempt => attempt.ProviderSid).OfType<string>()]));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!refused)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        if (await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0))
        {
            _sending.WakeFor(attempts.Select(attempt => (attempt.Text.From, attempt.Text.To)));
        }

        _outbox.Wake();
        await reader.NextResultAsync(cancellationToken);
        return await EarlyReports.ReadAsync(reader, cancellationToken);
    }

    /// <summary>Records, and keeps with it that receivers have opted out, which their authors are told.</summary>
    private async Task RecordRefusalsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Attempt> attempts,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var recorded = new HashSet<MessageId>();
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { RecordCommand(attempts, now) } })
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                recorded.Add(new MessageId(reader.GetGuid(0)));
            }
        }

        List<SentText> refused =
        [
            .. attempts
                .Where(attempt => attempt.ErrorCode == OptOutRefusals.OptedOutCode && recorded.Contains(attempt.Text.Text.Id))
                .Select(attempt => attempt.Text.Text),
        ];
        var optOuts = await _refusals.RecordAsync(connection, refused, now, cancellationToken);
        await OutboxStatements.AddAsync(connection, GatewayDbContext.Schema, optOuts, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand RecordCommand(IReadOnlyList<Attempt> attempts, DateTimeOffset now)
    {
        var events = attempts
            .SelectMany(attempt => EventsOf(attempt, now).Select(message => (Text: attempt.Text.Text.Id, Message: message)))
            .ToList();
        var command = new NpgsqlBatchCommand(Record);
        var columns = command.Parameters;
        columns.AddColumn("ids", NpgsqlDbType.Uuid, attempts, attempt => attempt.Text.Text.Id.Value);
        columns.AddColumn("attempts", NpgsqlDbType.Integer, attempts, attempt => attempt.Text.Attempt);
        columns.AddColumn("states", NpgsqlDbType.Smallint, attempts, attempt => (short)attempt.State);
        columns.AddColumn("dues", NpgsqlDbType.TimestampTz, attempts, attempt => attempt.DueAt);
        columns.AddColumn("sids", NpgsqlDbType.Text, attempts, attempt => attempt.ProviderSid);
        columns.AddColumn("codes", NpgsqlDbType.Integer, attempts, attempt => attempt.ErrorCode);
        columns.AddColumn("texts", NpgsqlDbType.Uuid, events, told => told.Text.Value);
        columns.AddColumn("events", NpgsqlDbType.Uuid, events, told => told.Message.Id);
        columns.AddColumn("types", NpgsqlDbType.Text, events, told => told.Message.Type);
        columns.AddColumn("bodies", NpgsqlDbType.Text, events, told => told.Message.Body);
        columns.AddColumn("traces", NpgsqlDbType.Text, events, told => told.Message.TraceParent);
        columns.AddColumn("event_dues", NpgsqlDbType.TimestampTz, events, told => told.Message.DueAt);
        return command;
    }

    private static IEnumerable<OutboxMessage> EventsOf(Attempt attempt, DateTimeOffset now) =>
        attempt.Text.Text.EventsOf(
            OutboundState.Sending, attempt.State, attempt.ErrorCode, now, attempt.Text.InboundId, attempt.Reason);
}
