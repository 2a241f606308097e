using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;

namespace PhoneMasking.ProxyGateway.Retries;

/// <summary>
/// Reads failed texts for a transaction that decides on them. Whoever routes a text in their sessions, closes one, takes an
/// opt-out of their receivers or reports on them comes before or after it, in the same order of locks as routing has.
/// </summary>
internal static class FailedTexts
{
    // An unknown text has no conversation: its own id takes the place.
    private const string LockConversations = """
        SELECT pg_advisory_xact_lock(key) FROM (
            SELECT DISTINCT coalesce(text.conversation, hashtextextended(asked.id::text, 0)) AS key
            FROM unnest(@ids) AS asked(id) LEFT JOIN gateway.outbound text ON text.id = asked.id
            ORDER BY key) AS ordered
        """;

    private const string LockSessions = """
        SELECT 1 FROM gateway.sessions WHERE id IN (SELECT session_id FROM gateway.outbound WHERE id = ANY(@ids))
        ORDER BY id FOR UPDATE
        """;

    private const string LockTexts = "SELECT 1 FROM gateway.outbound WHERE id = ANY(@ids) ORDER BY id FOR UPDATE";

    private const string Decided = """
        SELECT retry_of FROM gateway.outbound WHERE retry_of = ANY(@ids)
        UNION
        SELECT failed_id FROM gateway.dropped_texts WHERE id = ANY(@retries)
        """;

    // Only what people wrote. Later texts are looked for by their ids, which begin with their time: there is no index of all
    // texts of a conversation. The other parts of a long text, and retries, are nobody's second try.
    private const string Read = """
        SELECT text.id, text.state, text.session_id, coalesce(session.sitter_id, text.sitter_id),
            coalesce(session.client_id, text.client_id), text.from_number, text.to_number,
            EXISTS (
                SELECT 1 FROM gateway.outbound later
                WHERE later.organisation_id = text.organisation_id
                    AND later.id >= (left(text.id::text, 13) || '-0000-0000-000000000000')::uuid
                    AND later.conversation = text.conversation AND later.sequence > text.sequence
                    AND later.direction = text.direction AND later.retry_of IS NULL
                    AND later.inbound_id IS DISTINCT FROM text.inbound_id AND later.state NOT IN (4, 5, 6)
                    AND later.body = text.body AND later.media = text.media),
            EXISTS (
                SELECT 1 FROM gateway.opt_outs
                WHERE our_number = text.from_number AND number = text.to_number AND opted_out_at IS NOT NULL),
            coalesce(session.open AND session.expires_at > @now, false),
            coalesce(CASE text.direction
                WHEN 0 THEN text.from_number = session.pool_number AND text.to_number = sitter.real_number AND EXISTS (
                    SELECT 1 FROM gateway.numbers WHERE id = session.pool_number_id AND status <> 4)
                ELSE text.from_number = coalesce(sitter.reserved_number, session.reserved_number)
                    AND EXISTS (
                        SELECT 1 FROM gateway.numbers
                        WHERE number = text.from_number AND status <> 4 AND sitter_id = sitter.id)
                    AND EXISTS (
                        SELECT 1 FROM gateway.client_numbers phone
                        WHERE phone.number = text.to_number AND phone.organisation_id = text.organisation_id
                            AND phone.client_id = session.client_id)
                END, false)
        FROM gateway.outbound text
        LEFT JOIN gateway.sessions session ON session.id = text.session_id
        LEFT JOIN gateway.sitters sitter ON sitter.id = session.sitter_id AND sitter.active
        WHERE text.id = ANY(@ids) AND text.organisation_id = @organisation AND text.direction IN (0, 1)
        """;

    /// <summary>Locks what the decision depends on until the transaction ends, then reads it in one round trip.</summary>
    /// <returns>The texts whose retry has been decided on before, and those that are known.</returns>
    public static async Task<(HashSet<MessageId> Decided, Dictionary<MessageId, FailedText> Known)> LockAndReadAsync(
        NpgsqlConnection connection,
        RetryMessages command,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in (ReadOnlySpan<string>)[LockConversations, LockSessions, LockTexts, Decided, Read])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            batch.BatchCommands[^1].Parameters.AddColumn(
                "ids", NpgsqlDbType.Uuid, command.Retries, retry => retry.MessageId.Value);
        }

        batch.BatchCommands[^2].Parameters.AddColumn(
            "retries", NpgsqlDbType.Uuid, command.Retries, retry => retry.RetryId.Value);
        batch.BatchCommands[^1].Parameters.AddWithValue("organisation", command.OrganisationId.Value);
        batch.BatchCommands[^1].Parameters.AddWithValue("now", now);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var decided = new HashSet<MessageId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            decided.Add(new MessageId(reader.GetGuid(0)));
        }

        await reader.NextResultAsync(cancellationToken);
        var known = new Dictionary<MessageId, FailedText>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var text = ReadText(reader);
            known.Add(text.Id, text);
        }

        return (decided, known);
    }

    private static FailedText ReadText(NpgsqlDataReader reader) => new(
        new MessageId(reader.GetGuid(0)),
        (OutboundState)reader.GetInt16(1),
        reader.Nullable<Guid?>(2) is { } session ? new SessionId(session) : null,
        reader.Nullable<Guid?>(3) is { } sitter ? new SitterId(sitter) : null,
        reader.Nullable<Guid?>(4) is { } client ? new ClientId(client) : null,
        E164Number.Parse(reader.GetString(5)),
        E164Number.Parse(reader.GetString(6)),
        reader.GetBoolean(7),
        reader.GetBoolean(8),
        reader.GetBoolean(9),
        reader.GetBoolean(10));
}
