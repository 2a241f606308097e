using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>Reads sessions for a transaction that will change them: locked, in an order that cannot end in a deadlock.</summary>
internal static class SessionReader
{
    private const string Columns = """
        session.id, session.organisation_id, session.sitter_id, session.client_id, session.client_number,
        session.reserved_number, session.pool_number, session.pool_number_id, session.open, session.opened_at,
        session.last_interaction_at, session.expires_at, session.closed_at, session.closed_reason
        """;

    private const string OpenOfPairs = $"""
        SELECT {Columns} FROM gateway.sessions session
        WHERE session.open AND (session.sitter_id, session.client_id) IN (SELECT * FROM unnest($1, $2))
        ORDER BY session.id FOR UPDATE OF session
        """;

    private const string OpenOfThreads = $"""
        SELECT {Columns} FROM gateway.sessions session
        WHERE session.open AND (session.sitter_id, session.pool_number) IN (SELECT * FROM unnest($1, $2))
        ORDER BY session.id FOR UPDATE OF session
        """;

    // One statement for both, so that all are locked in one order. Two look-ups, each by its unique index: joined by OR, they
    // would read every open session. It takes PostgreSQL twice as long to plan, so a text that comes alone does without.
    private const string OpenOfBoth = $"""
        SELECT {Columns} FROM gateway.sessions session
        WHERE session.open AND session.id IN (
            SELECT id FROM unnest($1, $2) AS pair(sitter, client)
            JOIN gateway.sessions ON open AND sitter_id = pair.sitter AND client_id = pair.client
            UNION ALL
            SELECT id FROM unnest($3, $4) AS thread(sitter, number)
            JOIN gateway.sessions ON open AND sitter_id = thread.sitter AND pool_number = thread.number)
        ORDER BY session.id FOR UPDATE OF session
        """;

    // Whoever gives a sitter a new session holds the sitter: two transactions would choose the same number.
    private const string LockSitters = "SELECT 1 FROM gateway.sitters WHERE id = ANY($1) ORDER BY id FOR UPDATE";

    private const string SittersOfOrganisation = "SELECT id FROM gateway.sitters WHERE organisation_id = $1";
    private const string LockSitter = "SELECT 1 FROM gateway.sitters WHERE id = $1 FOR UPDATE";

    private const string OpenOfSitters = $"""
        SELECT {Columns} FROM gateway.sessions session WHERE session.open AND session.sitter_id = ANY($1)
        """;

    private const string FormerOfSitters = $"""
        SELECT DISTINCT ON (session.sitter_id, session.pool_number, session.client_id) {Columns}
        FROM gateway.sessions session WHERE NOT session.open AND session.sitter_id = ANY($1)
        ORDER BY session.sitter_id, session.pool_number, session.client_id, session.last_interaction_at DESC
        """;

    private const string ReadyPool = """
        SELECT id, organisation_id, number, lifecycle, status, sitter_id, version, changed_at FROM gateway.numbers
        WHERE lifecycle = 0 AND status = 1
            AND organisation_id IN (SELECT organisation_id FROM gateway.sitters WHERE id = ANY($1))
        """;

    /// <summary>Adds the open sessions of pairs and threads, of which there are some, to the book, locked.</summary>
    public static async Task ReadOpenAsync(
        NpgsqlConnection connection,
        IReadOnlyList<(SitterId Sitter, ClientId Client)> pairs,
        IReadOnlyList<(SitterId Sitter, E164Number PoolNumber)> threads,
        SessionBook book,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            threads.Count == 0 ? OpenOfPairs : pairs.Count == 0 ? OpenOfThreads : OpenOfBoth, connection);
        if (pairs.Count > 0)
        {
            Add(command.Parameters, NpgsqlDbType.Uuid, pairs.Select(pair => pair.Sitter.Value).ToArray());
            Add(command.Parameters, NpgsqlDbType.Uuid, pairs.Select(pair => pair.Client.Value).ToArray());
        }

        if (threads.Count > 0)
        {
            Add(command.Parameters, NpgsqlDbType.Uuid, threads.Select(thread => thread.Sitter.Value).ToArray());
            Add(command.Parameters, NpgsqlDbType.Text, threads.Select(thread => thread.PoolNumber.Reveal()).ToArray());
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            book.AddOpen(Read(reader));
        }
    }

    /// <summary>
    /// Locks sitters who may need a new session, then adds all that the choice of a number depends on: their open and
    /// former sessions and the Ready pool numbers. Those sessions are not locked, for whoever holds one may be waiting for
    /// the sitter: one may end before it is used, which writing it finds out.
    /// </summary>
    public static async Task ReadForNewAsync(
        NpgsqlConnection connection,
        Guid[] sitters,
        SessionBook book,
        CancellationToken cancellationToken)
    {
        await using (var locking = new NpgsqlCommand(LockSitters, connection))
        {
            Add(locking.Parameters, NpgsqlDbType.Uuid, sitters);
            await locking.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Query(OpenOfSitters, sitters), Query(FormerOfSitters, sitters), Query(ReadyPool, sitters) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            book.AddOpen(Read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        var former = new List<Session>();
        while (await reader.ReadAsync(cancellationToken))
        {
            former.Add(Read(reader));
        }

        foreach (var session in former.OrderByDescending(session => session.LastInteractionAt))
        {
            book.AddFormer(session);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            book.AddPoolNumber(DirectoryReader.ReadNumber(reader));
        }
    }

    /// <summary>
    /// Waits for the transactions that are giving a sitter a new session right now: those that begin later see what is committed
    /// before this is called. One sitter after the other, so that nobody ever waits for one that is held here. Not to be called
    /// in a transaction.
    /// </summary>
    public static async Task AwaitOpeningsAsync(
        NpgsqlConnection connection,
        OrganisationId organisation,
        CancellationToken cancellationToken)
    {
        var sitters = new List<Guid>();
        await using (var command = new NpgsqlCommand(SittersOfOrganisation, connection))
        {
            command.Parameters.AddWithValue(organisation.Value);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                sitters.Add(reader.GetGuid(0));
            }
        }

        foreach (var sitter in sitters)
        {
            await using var command = new NpgsqlCommand(LockSitter, connection);
            command.Parameters.AddWithValue(sitter);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static Session Read(NpgsqlDataReader reader) => new()
    {
        Id = new SessionId(reader.GetGuid(0)),
        OrganisationId = new OrganisationId(reader.GetGuid(1)),
        SitterId = new SitterId(reader.GetGuid(2)),
        ClientId = new ClientId(reader.GetGuid(3)),
        ClientNumber = E164Number.Parse(reader.GetString(4)),
        ReservedNumber = E164Number.Parse(reader.GetString(5)),
        PoolNumber = E164Number.Parse(reader.GetString(6)),
        PoolNumberId = new NumberId(reader.GetGuid(7)),
        Open = reader.GetBoolean(8),
        OpenedAt = reader.GetFieldValue<DateTimeOffset>(9),
        LastInteractionAt = reader.GetFieldValue<DateTimeOffset>(10),
        ExpiresAt = reader.GetFieldValue<DateTimeOffset>(11),
        ClosedAt = reader.Nullable<DateTimeOffset?>(12),
        ClosedReason = reader.Nullable<string>(13),
    };

    private static NpgsqlBatchCommand Query(string statement, Guid[] sitters)
    {
        var command = new NpgsqlBatchCommand(statement);
        Add(command.Parameters, NpgsqlDbType.Uuid, sitters);
        return command;
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, NpgsqlDbType type, T[] values) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
