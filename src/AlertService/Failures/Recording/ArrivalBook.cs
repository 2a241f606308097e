using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>
/// Keeps which texts arrived, many with four statements: an arrival takes a failure of the same text back, whichever of the
/// two is reported first.
/// </summary>
internal sealed class ArrivalBook(NpgsqlDataSource database, FailureMetrics metrics, TimeProvider clock)
{
    // Sorted, so that two instances that keep the same texts do not wait for each other in a circle.
    private const string Keep = """
        INSERT INTO alerts.arrivals AS known (message_id, arrived_at, recorded_at)
        SELECT id, at, $3 FROM unnest($1, $2) AS arrived (id, at) ORDER BY id
        ON CONFLICT (message_id) DO UPDATE SET arrived_at = least(known.arrived_at, excluded.arrived_at)
        """;

    private const string TakeBack = """
        UPDATE alerts.failures failure SET arrived_at = least(failure.arrived_at, arrived.at)
        FROM unnest($1, $2) AS arrived (id, at) WHERE failure.message_id = arrived.id
        """;

    private const string DropRetries = """
        UPDATE alerts.retries SET state = 'Dropped', reason = 'delivered'
        WHERE message_id = ANY ($1) AND state = 'Waiting'
        """;

    private const string EndRetries = """
        UPDATE alerts.retries SET state = 'Delivered', reason = NULL
        WHERE retry_id = ANY ($1) AND state <> 'Delivered'
        """;

    /// <summary>Keeps arrivals; those that are known already change nothing.</summary>
    /// <param name="arrived">The reports; several of one text are fine.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task KeepAsync(IEnumerable<MessageDelivered> arrived, CancellationToken cancellationToken)
    {
        var texts = arrived
            .GroupBy(one => one.MessageId.Value, one => one.OccurredAt.UtcDateTime)
            .Select(text => (Id: text.Key, At: text.Min()))
            .ToArray();
        var ids = Column(NpgsqlDbType.Uuid, texts.Select(text => text.Id));
        var times = Column(NpgsqlDbType.TimestampTz, texts.Select(text => text.At));
        var now = new NpgsqlParameter { Value = clock.GetStorableNow() };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // The first statement waits for a failure that is being recorded; the others see it then.
        await RunAsync(connection, Keep, [ids, times, now], cancellationToken);
        await RunAsync(connection, TakeBack, [ids, times], cancellationToken);
        var dropped = await RunAsync(connection, DropRetries, [ids], cancellationToken);
        var ended = await RunAsync(connection, EndRetries, [ids], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.CountRetries("dropped", dropped);
        metrics.CountRetries("delivered", ended);
    }

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. values] };

    private static async Task<int> RunAsync(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters.Select(parameter => parameter.Clone()).ToArray());
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
