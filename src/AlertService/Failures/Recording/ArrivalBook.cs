using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>
/// Keeps which texts arrived although a failure of theirs is told of, or of the text that they repeat: an arrival takes the
/// failure back, whichever of the two is heard of first.
/// </summary>
internal sealed class ArrivalBook(NpgsqlDataSource database, FailureMetrics metrics, TimeProvider clock)
{
    private const string Keep = """
        INSERT INTO alerts.arrivals AS known (message_id, arrived_at, recorded_at) VALUES ($1, $2, $3)
        ON CONFLICT (message_id) DO UPDATE SET arrived_at = least(known.arrived_at, excluded.arrived_at)
        """;

    private const string TakeBack =
        "UPDATE alerts.failures SET arrived_at = least(arrived_at, $2) WHERE message_id = $1";

    private const string DropRetry = """
        UPDATE alerts.retries SET state = 'Dropped', reason = 'delivered' WHERE message_id = $1 AND state = 'Waiting'
        """;

    private const string EndRetry = """
        UPDATE alerts.retries SET state = 'Delivered', reason = NULL WHERE retry_id = $1 AND state <> 'Delivered'
        """;

    /// <summary>Keeps an arrival; one that is known already changes nothing.</summary>
    /// <param name="resolved">The report.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task KeepAsync(FailureResolved resolved, CancellationToken cancellationToken)
    {
        var id = resolved.MessageId.Value;
        var at = resolved.OccurredAt.UtcDateTime;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);

        // One transaction. The first statement waits for a failure that is being recorded; the others see it then.
        await using var batch = new NpgsqlBatch(connection);
        Add(Keep, id, at, clock.GetStorableNow().UtcDateTime);
        Add(TakeBack, id, at);
        var drop = Add(DropRetry, id);
        var end = Add(EndRetry, id);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        metrics.CountRetries("dropped", (int)drop.RecordsAffected);
        metrics.CountRetries("delivered", (int)end.RecordsAffected);

        NpgsqlBatchCommand Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
            return command;
        }
    }
}
