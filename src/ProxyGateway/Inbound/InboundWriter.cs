using System.Diagnostics.Metrics;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.ProxyGateway.Gathering;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ProxyGateway.Inbound;

/// <summary>
/// Stores texts that came in, and in the same statement the command that has them routed. While few come at a time this
/// instance does at once what the command says, and it is published only when that did not work. A text that is there already
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
                json_build_object('conversations', json_agg(DISTINCT conversation))::text, @trace, @due
            FROM stored HAVING count(*) > 0
        )
        SELECT count(*)::int, array_agg(DISTINCT conversation) FROM stored
        """;

    // With more at a time there is a crowd: accepting texts comes first, and the bus spreads their routing. Its waves leave
    // gaps that look as if it were over.
    private const int Few = 16;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _database;
    private readonly PromptRouting _prompt;
    private readonly OutboxSignal _outbox;
    private readonly TimeProvider _clock;
    private readonly Gatherer<ReceivedText> _gatherer;
    private readonly Counter<long> _received;
    private readonly Counter<long> _replayed;
    private int _waiting;
    private long _crowdedUntil;

    public InboundWriter(
        NpgsqlDataSource database,
        PromptRouting prompt,
        OutboxSignal outbox,
        ServiceTelemetry telemetry,
        TimeProvider clock)
    {
        _database = database;
        _prompt = prompt;
        _outbox = outbox;
        _clock = clock;
        _received = telemetry.Meter.CreateCounter<long>("phonemasking.texts.received");
        _replayed = telemetry.Meter.CreateCounter<long>("phonemasking.texts.replayed");
        _gatherer = new Gatherer<ReceivedText>(workers: 2, maxBatch: 200, capacity: 4096, clock, WriteAsync);
    }

    /// <summary>Returns when the text is committed, now or by an earlier delivery.</summary>
    /// <exception cref="NpgsqlException">It could not be stored.</exception>
    public async Task StoreAsync(ReceivedText text, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _gatherer.AddAsync(text, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public ValueTask DisposeAsync() => _gatherer.DisposeAsync();

    private async Task WriteAsync(IReadOnlyList<ReceivedText> texts, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var routing = Guid.CreateVersion7(now);
        var promptly = !IsCrowded(now);
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
        command.Parameters.AddWithValue("message", routing);
        command.Parameters.AddWithValue("trace", NpgsqlDbType.Text, (object?)texts[0].TraceParent ?? DBNull.Value);
        command.Parameters.AddWithValue("due", promptly ? now + PromptRouting.HeadStart : now);
        var (stored, conversations) = await ExecuteAsync(command, cancellationToken);
        _received.Add(stored);
        _replayed.Add(texts.Count - stored);
        if (stored > 0 && promptly)
        {
            _prompt.Start(conversations, routing);
        }
        else if (stored > 0)
        {
            _outbox.Wake();
        }
    }

    private bool IsCrowded(DateTimeOffset now)
    {
        if (Volatile.Read(ref _waiting) > Few)
        {
            Volatile.Write(ref _crowdedUntil, (now + Calm).UtcTicks);
        }

        return now.UtcTicks < Volatile.Read(ref _crowdedUntil);
    }

    private static async Task<(int Stored, long[] Conversations)> ExecuteAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.Nullable<long[]>(1) ?? []);
    }
}
