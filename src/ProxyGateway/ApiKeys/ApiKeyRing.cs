using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>All keys to the public API. A revoked key ends at once on every instance: none is cached.</summary>
internal sealed class ApiKeyRing(
    NpgsqlDataSource database,
    IOptions<ApiKeyOptions> options,
    OutboxSignal outbox,
    TimeProvider clock)
{
    private const string Find = """
        SELECT id, organisation_id, scopes, hash, last_used_at FROM gateway.api_keys
        WHERE prefix = $1 AND revoked_at IS NULL
        """;

    private const string Add = """
        INSERT INTO gateway.api_keys (id, organisation_id, name, prefix, hash, scopes, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (hash) DO NOTHING
        """;

    private const string Touch = """
        UPDATE gateway.api_keys SET last_used_at = $2
        WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)
        """;

    private const string End = """
        UPDATE gateway.api_keys SET revoked_at = $3 WHERE id = $1 AND organisation_id = $2 AND revoked_at IS NULL
        """;

    private const string Exists = "SELECT EXISTS (SELECT 1 FROM gateway.api_keys WHERE id = $1 AND organisation_id = $2)";

    /// <summary>Finds whose key this is; none when it is unknown or revoked.</summary>
    public async Task<ApiCaller?> FindAsync(ApiKeySecret secret, CancellationToken cancellationToken)
    {
        var hash = secret.Hash();
        ApiCaller? caller = null;
        DateTimeOffset? lastUsed = null;
        await using (var command = database.CreateCommand(Find))
        {
            command.Parameters.AddWithValue(secret.Prefix);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (CryptographicOperations.FixedTimeEquals(hash, reader.GetFieldValue<byte[]>(3)))
                {
                    caller = new ApiCaller(
                        reader.GetGuid(0), new OrganisationId(reader.GetGuid(1)), reader.GetFieldValue<string[]>(2));
                    lastUsed = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4);
                }
            }
        }

        if (caller is not null)
        {
            await RecordUseAsync(caller.KeyId, lastUsed, cancellationToken);
        }

        return caller;
    }

    /// <summary>Stores a key and tells of it. One that is there already stays as it is.</summary>
    public async Task<ApiKey> AddAsync(
        OrganisationId organisation,
        string name,
        IReadOnlyList<string> scopes,
        ApiKeySecret secret,
        string origin,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var key = await AddAsync(connection, organisation, name, scopes, secret, origin, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return key;
    }

    /// <summary>Stores a key and tells of it, in the transaction that is open on the connection.</summary>
    public async Task<ApiKey> AddAsync(
        NpgsqlConnection connection,
        OrganisationId organisation,
        string name,
        IReadOnlyList<string> scopes,
        ApiKeySecret secret,
        string origin,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = organisation,
            Name = name.Trim(),
            Prefix = secret.Prefix,
            Hash = secret.Hash(),
            Scopes = [.. scopes.Distinct().Order(StringComparer.Ordinal)],
            CreatedAt = now,
        };
        await using var command = new NpgsqlCommand(Add, connection);
        command.Parameters.AddWithValue(key.Id);
        command.Parameters.AddWithValue(key.OrganisationId.Value);
        command.Parameters.AddWithValue(key.Name);
        command.Parameters.AddWithValue(key.Prefix);
        command.Parameters.AddWithValue(key.Hash);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = key.Scopes,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        command.Parameters.AddWithValue(key.CreatedAt);
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 1)
        {
            var created = new ApiKeyCreated(organisation, new ApiKeyId(key.Id), key.Scopes, origin, now);
            await OutboxStatements.AddAsync(
                connection, GatewayDbContext.Schema, [OutboxMessage.Of(created, now)], cancellationToken);
        }

        return key;
    }

    /// <summary>Ends a key; ending it again changes nothing.</summary>
    /// <returns>Whether the organisation has such a key.</returns>
    public async Task<bool> RevokeAsync(OrganisationId organisation, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(End, connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(organisation.Value);
        command.Parameters.AddWithValue(now);
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return await ExistsAsync(connection, organisation, id, cancellationToken);
        }

        var revoked = new ApiKeyRevoked(organisation, new ApiKeyId(id), now);
        await OutboxStatements.AddAsync(
            connection, GatewayDbContext.Schema, [OutboxMessage.Of(revoked, now)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return true;
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlConnection connection,
        OrganisationId organisation,
        Guid id,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Exists, connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(organisation.Value);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    // A write per request would make every read of the API a write.
    private async Task RecordUseAsync(Guid id, DateTimeOffset? lastUsed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - options.Value.LastUsedInterval;
        if (lastUsed >= before)
        {
            return;
        }

        await using var command = database.CreateCommand(Touch);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(before);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
