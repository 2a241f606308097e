using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>Remembers who uses which Idempotency-Key for what, and what they were answered; for all instances together.</summary>
internal sealed class AnswerStore(NpgsqlDataSource database, IOptions<IdempotencyOptions> options, TimeProvider clock)
{
    // What is older than the retention, or was lost under way, makes room for a new request.
    private const string Claim = """
        INSERT INTO gateway.stored_answers AS answer
            (organisation_id, endpoint, key_hash, request_hash, claim, created_at, in_flight_until)
        VALUES (@organisation, @endpoint, @key, @request, @claim, @now, @until)
        ON CONFLICT (organisation_id, endpoint, key_hash) DO UPDATE SET request_hash = excluded.request_hash,
            claim = excluded.claim, created_at = excluded.created_at, in_flight_until = excluded.in_flight_until,
            status = NULL, location = NULL, content_type = NULL, body = NULL
        WHERE answer.created_at <= @expired OR (answer.status IS NULL AND answer.in_flight_until <= @now)
        """;

    private const string Read = """
        SELECT request_hash, status, location, content_type, body FROM gateway.stored_answers
        WHERE organisation_id = $1 AND endpoint = $2 AND key_hash = $3
        """;

    private const string Keep = """
        UPDATE gateway.stored_answers SET status = $2, location = $3, content_type = $4, body = $5
        WHERE claim = $1 AND organisation_id = $6 AND endpoint = $7 AND key_hash = $8
        """;

    private const string Release = """
        DELETE FROM gateway.stored_answers
        WHERE claim = $1 AND organisation_id = $2 AND endpoint = $3 AND key_hash = $4 AND status IS NULL
        """;

    private const string DeleteExpired = "DELETE FROM gateway.stored_answers WHERE created_at <= $1";

    /// <summary>Takes the key for a request.</summary>
    /// <returns>None when it is taken now; else what is known of the request that has it.</returns>
    public async Task<EarlierRequest?> ClaimAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using (var command = database.CreateCommand(Claim))
        {
            command.Parameters.AddWithValue("organisation", request.Organisation.Value);
            command.Parameters.AddWithValue("endpoint", request.Endpoint);
            command.Parameters.AddWithValue("key", request.KeyHash);
            command.Parameters.AddWithValue("request", request.RequestHash);
            command.Parameters.AddWithValue("claim", request.Claim);
            command.Parameters.AddWithValue("now", now);
            command.Parameters.AddWithValue("until", now + options.Value.InFlight);
            command.Parameters.AddWithValue("expired", now - options.Value.Retention);
            if (await command.ExecuteNonQueryAsync(cancellationToken) == 1)
            {
                return null;
            }
        }

        await using var read = database.CreateCommand(Read);
        read.Parameters.AddWithValue(request.Organisation.Value);
        read.Parameters.AddWithValue(request.Endpoint);
        read.Parameters.AddWithValue(request.KeyHash);
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);

        // Gone again: the request that had it was refused a moment ago.
        return await reader.ReadAsync(cancellationToken)
            ? new EarlierRequest(
                reader.GetFieldValue<byte[]>(0),
                reader.Nullable<short?>(1),
                reader.Nullable<string>(2),
                reader.Nullable<string>(3),
                reader.Nullable<byte[]>(4))
            : new EarlierRequest(request.RequestHash, null, null, null, null);
    }

    /// <summary>Keeps the answer of a request that holds its key.</summary>
    public async Task KeepAsync(
        IdempotentRequest request,
        int status,
        string? location,
        string? contentType,
        byte[]? body,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Keep);
        command.Parameters.AddWithValue(request.Claim);
        command.Parameters.AddWithValue((short)status);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)location ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)contentType ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)body ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        Add(command, request);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives the key back: the request changed nothing and may be sent again.</summary>
    public async Task ReleaseAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Release);
        command.Parameters.AddWithValue(request.Claim);
        Add(command, request);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes what is older than the retention.</summary>
    public async Task<int> DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DeleteExpired);
        command.Parameters.AddWithValue(clock.GetUtcNow() - options.Value.Retention);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlCommand command, IdempotentRequest request)
    {
        command.Parameters.AddWithValue(request.Organisation.Value);
        command.Parameters.AddWithValue(request.Endpoint);
        command.Parameters.AddWithValue(request.KeyHash);
    }
}

/// <summary>A POST with an Idempotency-Key.</summary>
/// <param name="Organisation">Whose key it is.</param>
/// <param name="Endpoint">Method and path.</param>
/// <param name="KeyHash">SHA-256 of the key.</param>
/// <param name="RequestHash">SHA-256 of what is asked for.</param>
/// <param name="Claim">This one request.</param>
internal sealed record IdempotentRequest(
    OrganisationId Organisation,
    string Endpoint,
    byte[] KeyHash,
    byte[] RequestHash,
    Guid Claim);

/// <summary>What is known of an earlier request with the same key. The body is personal data.</summary>
internal sealed record EarlierRequest(byte[] RequestHash, short? Status, string? Location, string? ContentType, byte[]? Body)
{
    public override string ToString() => $"EarlierRequest {Status}";
}
