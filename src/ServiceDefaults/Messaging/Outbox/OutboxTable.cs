using Npgsql;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>The statements on a service's outbox table.</summary>
internal sealed class OutboxTable(ServiceSchema schema)
{
    /// <summary>The most rows that are taken at once.</summary>
    public const int BatchSize = 200;

    private const int LongestWaitExponent = 5;

    // Deleted when taken: a rollback brings the rows back, and one statement costs less than locking first and deleting later.
    private readonly string _take = $"""
        DELETE FROM {schema.Name}.outbox WHERE id = ANY (ARRAY(
            SELECT id FROM {schema.Name}.outbox WHERE due_at <= $1 ORDER BY sequence LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
        RETURNING id, sequence, type, body, trace_parent, due_at, attempts
        """;

    private readonly string _putBack = $"""
        INSERT INTO {schema.Name}.outbox (id, sequence, type, body, trace_parent, due_at, attempts)
        OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>Takes the oldest rows that are due and that no other instance is taking; committing makes them gone.</summary>
    public async Task<List<OutboxRow>> TakeAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(_take, connection);
        take.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToUniversalTime() });
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new OutboxRow(
                reader.GetGuid(0),
                reader.GetInt64(1),
                reader.GetString(2),
                reader.GetString(3),
                await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetInt32(6)));
        }

        rows.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
        return rows;
    }

    /// <summary>Puts a row back that was not published, in the transaction that took it.</summary>
    /// <param name="connection">With that transaction.</param>
    /// <param name="row">The row.</param>
    /// <param name="refused">The row itself is at fault, so it waits: 1, 2, 4 … 32 s.</param>
    /// <param name="now">The time, in UTC.</param>
    public async Task PutBackAsync(NpgsqlConnection connection, OutboxRow row, bool refused, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(1 << Math.Min(row.Attempts, LongestWaitExponent));
        await using var putBack = new NpgsqlCommand(_putBack, connection);
        putBack.Parameters.AddWithValue(row.Id);
        putBack.Parameters.AddWithValue(row.Sequence);
        putBack.Parameters.AddWithValue(row.Type);
        putBack.Parameters.AddWithValue(row.Body);
        putBack.Parameters.AddWithValue((object?)row.TraceParent ?? DBNull.Value);
        putBack.Parameters.AddWithValue((refused ? now + wait : row.DueAt).ToUniversalTime());
        putBack.Parameters.AddWithValue(refused ? row.Attempts + 1 : row.Attempts);
        await putBack.ExecuteNonQueryAsync(CancellationToken.None);
    }
}

/// <summary>An outbox row as the relay sees it.</summary>
internal sealed record OutboxRow(
    Guid Id, long Sequence, string Type, string Body, string? TraceParent, DateTimeOffset DueAt, int Attempts);
