using System.Diagnostics.Metrics;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Gathering;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ProxyGateway.Status;

/// <summary>
/// Stores status callbacks and moves their texts on. States only grow, so callbacks may come in any order, repeatedly, and
/// before our own record of the send.
/// </summary>
internal sealed partial class StatusWriter : IAsyncDisposable
{
    // Twilio's id says whose report it is; the text that the callback names counts only while no text has that id, and not when it
    // was never handed to Twilio or is for others than the report says: kept without a name, it finds its text by the id, once
    // the answer to our own call has told that. Looked at for these only: nearly every report is found by its id.
    // One change for each text: one that reached Twilio twice is reported on under two ids, and an update takes any one of them.
    // Ordered by id before locking: two instances that report on the same texts must not wait for each other in a circle.
    private const string StoreAndAdvance = """
        WITH received AS (
            SELECT * FROM unnest(@sids, @statuses, @states, @ids, @codes, @payloads, @times)
                AS received(sid, status, state, id, code, payload, at)
        ), report AS MATERIALIZED (
            SELECT named.sid, named.state, named.code, named.id AS named, coalesce(text.id, CASE WHEN NOT EXISTS (
                    SELECT 1 FROM gateway.outbound other WHERE other.id = named.id AND (other.attempts = 0 OR EXISTS (
                        SELECT 1 FROM received WHERE received.sid = named.sid AND (
                            received.payload ->> 'From' <> other.from_number OR received.payload ->> 'To' <> other.to_number))))
                THEN named.id END) AS id
            FROM (SELECT sid, max(state) AS state, (array_agg(code ORDER BY state DESC, code))[1] AS code,
                    max(id::text)::uuid AS id
                FROM received GROUP BY sid) AS named
            LEFT JOIN gateway.outbound text ON text.provider_sid = named.sid
        ), history AS (
            INSERT INTO gateway.status_events (provider_sid, status, message_id, error_code, payload, received_at)
            SELECT received.sid, received.status, report.id, received.code, received.payload, received.at
            FROM received JOIN report ON report.sid = received.sid ORDER BY received.sid, received.status
            ON CONFLICT (provider_sid, status) DO NOTHING
        ), known AS (
            SELECT text.id, text.state AS was, report.sid, report.state, report.code
            FROM report JOIN gateway.outbound text ON text.id = report.id
            WHERE text.state < report.state OR text.provider_sid IS NULL
            ORDER BY text.id FOR UPDATE OF text
        ), change AS (
            SELECT id, was, max(state) AS state, (array_agg(code ORDER BY state DESC, sid))[1] AS code,
                (array_agg(sid ORDER BY state DESC, sid))[1] AS sid
            FROM known GROUP BY id, was
        ), advanced AS (
            UPDATE gateway.outbound text
            SET state = greatest(text.state, change.state),
                provider_sid = coalesce(text.provider_sid, change.sid),
                error_code = CASE WHEN change.state > change.was THEN change.code ELSE text.error_code END
            FROM change WHERE text.id = change.id
            RETURNING text.id, text.organisation_id, text.direction, text.session_id, text.sitter_id, text.client_id,
                text.from_number, text.conversation, text.sequence, text.retry_of IS NOT NULL, text.state, text.error_code,
                change.was
        )
        SELECT advanced.*, mistaken.count
        FROM (SELECT count(*) FROM report WHERE named IS NOT NULL AND id IS DISTINCT FROM named) AS mistaken LEFT JOIN advanced ON true
        """;

    // No more than one message tells of (MessagesDelivered).
    private const int LargestBatch = 200;

    private readonly NpgsqlDataSource _database;
    private readonly OutboxSignal _outbox;
    private readonly OutboundSignal _sending;
    private readonly OptOutRefusals _refusals;
    private readonly TimeProvider _clock;
    private readonly ILogger<StatusWriter> _logger;
    private readonly Gatherer<StatusReport> _gatherer;
    private readonly Counter<long> _reports;

    public StatusWriter(
        NpgsqlDataSource database,
        OutboxSignal outbox,
        OutboundSignal sending,
        OptOutRefusals refusals,
        ServiceTelemetry telemetry,
        TimeProvider clock,
        ILogger<StatusWriter> logger)
    {
        _database = database;
        _outbox = outbox;
        _sending = sending;
        _refusals = refusals;
        _clock = clock;
        _logger = logger;
        _reports = telemetry.Meter.CreateCounter<long>("phonemasking.texts.status_reports");
        _gatherer = new Gatherer<StatusReport>(workers: 2, maxBatch: LargestBatch, capacity: 4096, clock, WriteAsync);
    }

    /// <summary>Returns when the report is committed.</summary>
    /// <exception cref="NpgsqlException">It could not be stored.</exception>
    public Task StoreAsync(StatusReport report, CancellationToken cancellationToken) =>
        _gatherer.AddAsync(report, cancellationToken);

    public ValueTask DisposeAsync() => _gatherer.DisposeAsync();

    private async Task WriteAsync(IReadOnlyList<StatusReport> reports, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        var (events, refused, freed) = await StoreAndAdvanceAsync(connection, reports, now, cancellationToken);
        if (refused.Count > 0)
        {
            events.AddRange(await _refusals.RecordAsync(connection, refused, now, cancellationToken));
        }

        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            await OutboxStatements.CommitAsync(batch, GatewayDbContext.Schema, events, cancellationToken);
        }

        foreach (var report in reports)
        {
            _reports.Add(1, new KeyValuePair<string, object?>("state", report.State.ToString()));
        }

        if (events.Count > 0)
        {
            _outbox.Wake();
        }

        if (freed || refused.Count > 0)
        {
            _sending.WakeForAll();
        }
    }

    private async Task<(List<OutboxMessage> Events, List<SentText> Refused, bool Freed)> StoreAndAdvanceAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StatusReport> reports,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(StoreAndAdvance, connection);
        var columns = command.Parameters;
        columns.AddColumn("sids", NpgsqlDbType.Text, reports, report => report.ProviderSid);
        columns.AddColumn("statuses", NpgsqlDbType.Text, reports, report => report.Status);
        columns.AddColumn("states", NpgsqlDbType.Smallint, reports, report => (short)report.State);
        columns.AddColumn("ids", NpgsqlDbType.Uuid, reports, report => report.MessageId?.Value);
        columns.AddColumn("codes", NpgsqlDbType.Integer, reports, report => report.ErrorCode);
        columns.AddColumn("payloads", NpgsqlDbType.Jsonb, reports, report => report.Payload);
        columns.AddColumn("times", NpgsqlDbType.TimestampTz, reports, report => report.ReceivedAt);

        var events = new List<OutboxMessage>();
        var refused = new List<SentText>();
        var arrived = new List<MessageDelivered>();
        var freed = false;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var mistaken = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            mistaken = reader.GetInt64(13);
            if (reader.IsDBNull(0))
            {
                break;
            }

            var text = SentText.Read(reader);
            var state = (OutboundState)reader.GetInt16(10);
            var was = (OutboundState)reader.GetInt16(12);

            // A report on a text whose send had no known outcome settles it: the next of its conversation may go.
            freed |= was < OutboundState.Sent && state >= OutboundState.Sent;
            var code = reader.Nullable<int?>(11);
            events.AddRange(text.EventsOf(was, state, code, now));
            if (state != was && state is OutboundState.Failed or OutboundState.Undelivered && code == OptOutRefusals.OptedOutCode)
            {
                refused.Add(text);
            }

            if (state == OutboundState.Delivered && was != OutboundState.Delivered)
            {
                arrived.Add(text.Arrived(now));
            }
        }

        if (mistaken > 0)
        {
            LogMistaken(mistaken);
        }

        if (arrived.Count > 0)
        {
            events.Add(OutboxMessage.Of(new MessagesDelivered(arrived), now));
        }

        return (events, refused, freed);
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "{Count} of Twilio's ids came with status reports that name another text than theirs: they do not count for that one")]
    private partial void LogMistaken(long count);
}
