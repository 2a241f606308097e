using System.Diagnostics.Metrics;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.ProxyGateway.Gathering;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ProxyGateway.Inbound;

/// <summary>
/// Stores texts that came in, and in the same statement the command that has them routed. A text that is there already
/// changes nothing and counts as a replay.
/// </summary>
internal sealed class InboundWriter : IAsyncDisposable
{
    // The command is written only when a row is new: a replayed webhook causes no work.
    private const string Statement = """
        WITH stored AS (
            INSERT INTO gateway.inbound
                (id, provider_sid, from_address, to_address, body, media, payload, trace_parent, received_at)
            SELECT id, sid, sender, receiver, body, string_to_array(media, ' '), payload, trace, received
            FROM unnest(@ids, @sids, @senders, @receivers, @bodies, @medias, @payloads, @traces, @times)
                AS text(id, sid, sender, receiver, body, media, payload, trace, received)
            ON CONFLICT (provider_sid) DO NOTHING
            RETURNING conversation
        ), queued AS (
            INSERT INTO gateway.outbox (id, type, body, trace_parent, due_at)
            SELECT @message, 'RouteConversations',
                json_build_object('conversations', json_agg(DISTINCT conversation))::text, @trace, @now
            FROM stored HAVING count(*) > 0
        )
        SELECT count(*)::int FROM stored
        """;

    private readonly NpgsqlDataSource _database;
    private readonly OutboxSignal _outbox;
    private readonly TimeProvider _clock;
    private readonly Gatherer<ReceivedText> _gatherer;
    private readonly Counter<long> _received;
    private readonly Counter<long> _replayed;

    public InboundWriter(NpgsqlDataSource database, OutboxSignal outbox, ServiceTelemetry telemetry, TimeProvider clock)
    {
        _database = database;
        _outbox = outbox;
        _clock = clock;
        _received = telemetry.Meter.CreateCounter<long>("phonemasking.texts.received");
        _replayed = telemetry.Meter.CreateCounter<long>("phonemasking.texts.replayed");
        _gatherer = new Gatherer<ReceivedText>(workers: 2, maxBatch: 200, capacity: 4096, clock, WriteAsync);
    }

    /// <summary>Returns when the text is committed, now or by an earlier delivery.</summary>
    /// <exception cref="NpgsqlException">It could not be stored.</exception>
    public Task StoreAsync(ReceivedText text, CancellationToken cancellationToken) =>
        _gatherer.AddAsync(text, cancellationToken);

    public ValueTask DisposeAsync() => _gatherer.DisposeAsync();

    private async Task WriteAsync(IReadOnlyList<ReceivedText> texts, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var command = _database.CreateCommand(Statement);
        command.Parameters.AddColumn("ids", NpgsqlDbType.Uuid, texts, text => text.Id.Value);
        command.Parameters.AddColumn("sids", NpgsqlDbType.Text, texts, text => text.ProviderSid);
        command.Parameters.AddColumn("senders", NpgsqlDbType.Text, texts, text => text.From);
        command.Parameters.AddColumn("receivers", NpgsqlDbType.Text, texts, text => text.To);
        command.Parameters.AddColumn("bodies", NpgsqlDbType.Text, texts, text => text.Body);

        // PostgreSQL has no arrays of arrays of different lengths; an absolute URL holds no space.
        command.Parameters.AddColumn("medias", NpgsqlDbType.Text, texts, text => string.Join(' ', text.Media));
        command.Parameters.AddColumn("payloads", NpgsqlDbType.Jsonb, texts, text => text.Payload);
        command.Parameters.AddColumn("traces", NpgsqlDbType.Text, texts, text => text.TraceParent);
        command.Parameters.AddColumn("times", NpgsqlDbType.TimestampTz, texts, text => text.ReceivedAt);
        command.Parameters.AddWithValue("message", Guid.CreateVersion7(now));
        command.Parameters.AddWithValue("trace", NpgsqlDbType.Text, (object?)texts[0].TraceParent ?? DBNull.Value);
        command.Parameters.AddWithValue("now", now);
        var stored = (int)(await command.ExecuteScalarAsync(cancellationToken))!;

        _received.Add(stored);
        _replayed.Add(texts.Count - stored);
        if (stored > 0)
        {
            _outbox.Wake();
        }
    }
}
