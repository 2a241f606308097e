using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;

namespace PhoneMasking.ProxyGateway.SitterAlerts;

/// <summary>Reads whom an alert concerns, for a transaction that decides on it, in the same order of locks as routing has.</summary>
internal static class AlertedPairs
{
    // By the pair, not by the text's session: of two clients that were merged one session has been closed. When the pair has
    // no session any more, the thread on the sitter's phone still is this client's, unless another client has it by now, or
    // its number is a sitter's: the pool's and dedicated ones have threads (TextRouter.IsSitterThread).
    private const string Pair = """
        gateway.outbound text
        JOIN gateway.sessions former ON former.id = text.session_id
        LEFT JOIN gateway.sessions open ON open.open AND open.sitter_id = former.sitter_id
            AND open.client_id = former.client_id AND open.expires_at > @now
        LEFT JOIN gateway.sessions thread ON thread.id = coalesce(open.id, former.id) AND NOT EXISTS (
            SELECT 1 FROM gateway.sessions other WHERE other.open AND other.sitter_id = thread.sitter_id
                AND other.pool_number = thread.pool_number AND other.id <> thread.id)
        LEFT JOIN gateway.sitters sitter ON sitter.id = former.sitter_id AND sitter.active
        """;

    private const string Concerned =
        "text.id = @failed AND text.organisation_id = @organisation AND text.direction IN (0, 1)";

    // The alert itself, so that it is decided once; and the sitter's side of the thread, where she may be opting out.
    private const string LockConversation = $"""
        SELECT pg_advisory_xact_lock(key) FROM (
            SELECT hashtextextended(@alert::text, 0) AS key
            UNION
            SELECT hashtextextended(thread.pool_number || '|' || sitter.real_number, 0) FROM {Pair}
            WHERE {Concerned} AND thread.id IS NOT NULL AND sitter.id IS NOT NULL
            ORDER BY key) AS ordered
        """;

    private const string LockSession = $"""
        SELECT 1 FROM gateway.sessions WHERE id IN (SELECT thread.id FROM {Pair} WHERE {Concerned}) ORDER BY id FOR UPDATE
        """;

    private const string Decided = """
        SELECT EXISTS (SELECT 1 FROM gateway.outbound WHERE id = @alert)
            OR EXISTS (SELECT 1 FROM gateway.dropped_texts WHERE id = @alert)
        """;

    private const string Read = $"""
        SELECT text.direction, coalesce(open.id, former.id), former.sitter_id, former.client_id, coalesce(client.name, ''),
            former.client_number, CASE WHEN number.id IS NOT NULL THEN thread.pool_number END, sitter.real_number, EXISTS (
                SELECT 1 FROM gateway.opt_outs WHERE our_number = thread.pool_number AND opt_outs.number = sitter.real_number
                    AND opted_out_at IS NOT NULL)
        FROM {Pair}
        LEFT JOIN gateway.numbers number ON number.id = thread.pool_number_id AND number.status <> 4
            AND (open.id IS NOT NULL OR number.lifecycle IN (0, 3))
        LEFT JOIN gateway.clients client ON client.id = former.client_id
        WHERE {Concerned}
        """;

    /// <summary>Locks what the decision depends on until the transaction ends, then reads it in one round trip.</summary>
    /// <returns>Whether the alert has been decided on before, and whom it concerns; none when the text is not known.</returns>
    public static async Task<(bool IsDecided, AlertedPair? Pair)> LockAndReadAsync(
        NpgsqlConnection connection,
        SendSitterAlert command,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in (ReadOnlySpan<string>)[LockConversation, LockSession, Decided, Read])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            var parameters = batch.BatchCommands[^1].Parameters;
            parameters.AddWithValue("alert", command.AlertId.Value);
            parameters.AddWithValue("failed", command.FailedMessageId.Value);
            parameters.AddWithValue("organisation", command.OrganisationId.Value);
            parameters.AddWithValue("now", now);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var decided = await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0);
        await reader.NextResultAsync(cancellationToken);
        return (decided, await reader.ReadAsync(cancellationToken) ? ReadPair(reader) : null);
    }

    private static AlertedPair ReadPair(NpgsqlDataReader reader) => new(
        (MessageDirection)reader.GetInt16(0),
        new SessionId(reader.GetGuid(1)),
        new SitterId(reader.GetGuid(2)),
        new ClientId(reader.GetGuid(3)),
        Label.NameOf(reader.GetString(4), E164Number.Parse(reader.GetString(5))),
        reader.Nullable<string>(6) is { } pool && reader.Nullable<string>(7) is { } phone
            ? new SitterThread(E164Number.Parse(pool), E164Number.Parse(phone))
            : null,
        reader.GetBoolean(8));
}
