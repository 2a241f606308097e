using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>
/// Keeps what other services tell of numbers, sitters and clients. An older version than the one stored changes nothing, so
/// events may come in any order and any number of times.
/// </summary>
internal sealed class DirectoryWriter(NpgsqlDataSource database, OutboxSignal outbox, TimeProvider clock)
{
    // Of two owners in a row the later one has the number. The former one's row stays, so that late news of it changes nothing:
    // what is read at the start carries the time of the reading, however old it is.
    private const string RetireFormerNumber = """
        UPDATE gateway.numbers SET status = 4
        WHERE number = $1 AND status <> 4 AND id <> $2 AND (changed_at, id) < ($3, $2)
            AND NOT EXISTS (SELECT 1 FROM gateway.numbers WHERE id = $2 AND version >= $4)
        """;

    private const string SaveNumber = """
        INSERT INTO gateway.numbers (id, organisation_id, number, lifecycle, status, sitter_id, version, changed_at)
        SELECT $1, $2, $3, $4, $5, $6::uuid, $7, $8
        WHERE $5 = 4 OR NOT EXISTS (
            SELECT 1 FROM gateway.numbers WHERE number = $3 AND id <> $1 AND (changed_at, id) > ($8, $1))
        ON CONFLICT (id) DO UPDATE SET number = excluded.number, lifecycle = excluded.lifecycle,
            status = excluded.status, sitter_id = excluded.sitter_id, version = excluded.version,
            changed_at = excluded.changed_at
        WHERE numbers.version < excluded.version
        """;

    private const string SaveSitter = """
        INSERT INTO gateway.sitters (id, organisation_id, name, real_number, reserved_number, active, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, real_number = excluded.real_number,
            reserved_number = excluded.reserved_number, active = excluded.active, version = excluded.version
        WHERE sitters.version < excluded.version
        """;

    private const string SaveClient = """
        INSERT INTO gateway.clients (id, organisation_id, name, provisional, version) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, provisional = excluded.provisional, version = excluded.version
        WHERE clients.version < excluded.version
        """;

    private const string ForgetPhones =
        "DELETE FROM gateway.client_numbers WHERE client_id = $1 AND NOT (number = ANY($2))";

    private const string SavePhones = """
        INSERT INTO gateway.client_numbers (organisation_id, number, client_id)
        SELECT $1, number, $2 FROM unnest($3) AS number ORDER BY number
        ON CONFLICT (number, organisation_id) DO UPDATE SET client_id = excluded.client_id
        """;

    private const string MovePhones = "UPDATE gateway.client_numbers SET client_id = $2 WHERE client_id = $1";

    private const string SessionsOfBoth = """
        SELECT provisional.id FROM gateway.sessions provisional
        JOIN gateway.sessions known ON known.sitter_id = provisional.sitter_id AND known.client_id = $2 AND known.open
        WHERE provisional.client_id = $1 AND provisional.open
        """;

    private const string MoveSessions = "UPDATE gateway.sessions SET client_id = $2 WHERE client_id = $1";

    /// <summary>
    /// Stores a number; texts that were held for want of one are routed again. A retired one is free for a new owner: the
    /// account may buy it again, as another number of ours.
    /// </summary>
    public async Task SaveAsync(NumberChanged number, CancellationToken cancellationToken)
    {
        await StoreAsync(number, cancellationToken);
        if (number.Status == NumberStatus.Retired)
        {
            await SessionCloser.CloseOnNumberAsync(
                database, number.OrganisationId, number.NumberId, clock.GetUtcNow(), cancellationToken);
        }

        await AwaitedNews.QueueAsync(database, number.Number, null, null, clock.GetUtcNow(), cancellationToken);
        outbox.Wake();
    }

    /// <summary>Stores a sitter; the sessions of one who was removed are closed.</summary>
    public async Task SaveAsync(SitterChanged sitter, CancellationToken cancellationToken)
    {
        await StoreAsync(sitter, cancellationToken);
        await AwaitedNews.QueueAsync(
            database, sitter.ReservedNumber, sitter.SitterId, sitter.RealNumber, clock.GetUtcNow(), cancellationToken);
        outbox.Wake();
    }

    private Task StoreAsync(NumberChanged number, CancellationToken cancellationToken) => InTransactionAsync(
        async connection =>
        {
            if (number.Status != NumberStatus.Retired)
            {
                await ExecuteAsync(
                    connection,
                    RetireFormerNumber,
                    cancellationToken,
                    number.Number.Reveal(),
                    number.NumberId.Value,
                    number.OccurredAt.ToUniversalTime(),
                    number.Version);
            }

            var changed = await ExecuteAsync(
                connection,
                SaveNumber,
                cancellationToken,
                number.NumberId.Value,
                number.OrganisationId.Value,
                number.Number.Reveal(),
                (short)number.Lifecycle,
                (short)number.Status,
                number.SitterId?.Value,
                number.Version,
                number.OccurredAt.ToUniversalTime());
            if (changed > 0 && number.Status == NumberStatus.Ready)
            {
                await HeldTexts.QueueAsync(connection, number.OrganisationId, clock.GetUtcNow(), cancellationToken);
            }
        },
        cancellationToken);

    private Task StoreAsync(SitterChanged sitter, CancellationToken cancellationToken) => InTransactionAsync(
        async connection =>
        {
            await MovedReceivers.MoveAsync(connection, sitter, cancellationToken);
            var changed = await ExecuteAsync(
                connection,
                SaveSitter,
                cancellationToken,
                sitter.SitterId.Value,
                sitter.OrganisationId.Value,
                sitter.Name,
                sitter.RealNumber.Reveal(),
                sitter.ReservedNumber?.Reveal(),
                sitter.Active,
                sitter.Version);
            if (changed > 0 && !sitter.Active)
            {
                await SessionCloser.CloseOfSitterAsync(connection, sitter.SitterId, clock.GetUtcNow(), cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>Stores a client and all of their phones, where what waits for them goes from now on.</summary>
    public Task SaveAsync(ClientChanged client, CancellationToken cancellationToken) => InTransactionAsync(
        async connection =>
        {
            var changed = await ExecuteAsync(
                connection,
                SaveClient,
                cancellationToken,
                client.ClientId.Value,
                client.OrganisationId.Value,
                client.Name,
                client.Provisional,
                client.Version);
            if (changed == 0)
            {
                return;
            }

            var phones = client.Numbers.Select(number => number.Reveal()).ToArray();
            await ExecuteAsync(connection, ForgetPhones, cancellationToken, client.ClientId.Value, phones);
            await ExecuteAsync(
                connection, SavePhones, cancellationToken, client.OrganisationId.Value, client.ClientId.Value, phones);
            await MovedReceivers.MoveAsync(connection, client, cancellationToken);
        },
        cancellationToken);

    /// <summary>Gives a provisional client's phones and sessions to the client it was all along.</summary>
    public Task MergeAsync(ClientMerged merged, CancellationToken cancellationToken) => InTransactionAsync(
        async connection =>
        {
            var provisional = merged.ProvisionalClientId.Value;
            var known = merged.ClientId.Value;
            await ExecuteAsync(connection, MovePhones, cancellationToken, provisional, known);
            foreach (var session in await ReadIdsAsync(connection, provisional, known, cancellationToken))
            {
                // The sitter has a thread with this client already: that one stays.
                await SessionCloser.CloseOneAsync(
                    connection, merged.OrganisationId, session, "client-merged", clock.GetUtcNow(), cancellationToken);
            }

            await ExecuteAsync(connection, MoveSessions, cancellationToken, provisional, known);
        },
        cancellationToken);

    private async Task InTransactionAsync(Func<NpgsqlConnection, Task> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await change(connection);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
    }

    private static async Task<List<SessionId>> ReadIdsAsync(
        NpgsqlConnection connection,
        Guid provisional,
        Guid known,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SessionsOfBoth, connection);
        command.Parameters.AddWithValue(provisional);
        command.Parameters.AddWithValue(known);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<SessionId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(new SessionId(reader.GetGuid(0)));
        }

        return ids;
    }

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection,
        string statement,
        CancellationToken cancellationToken,
        params object?[] values)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var value in values)
        {
            var parameter = new NpgsqlParameter { Value = value ?? DBNull.Value };
            if (value is string[])
            {
                parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text;
            }

            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
