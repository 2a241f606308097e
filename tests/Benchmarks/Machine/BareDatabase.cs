using System.Diagnostics;
using Npgsql;

namespace PhoneMasking.Benchmarks.Machine;

/// <summary>The machine's limit: one inbound row and one outbox row, committed by one statement.</summary>
internal static class BareDatabase
{
    private const string Prepare = """
        CREATE TABLE bare_inbound (id uuid PRIMARY KEY, sid text UNIQUE, body text);
        CREATE TABLE bare_outbox (id uuid PRIMARY KEY, body text);
        """;

    private const string Insert = """
        WITH stored AS (INSERT INTO bare_inbound VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id)
        INSERT INTO bare_outbox SELECT id, $3 FROM stored
        """;

    public static async Task<double> CommitsPerSecondAsync(string connectionString, int connections, TimeSpan time)
    {
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 });
        await using (var prepare = database.CreateCommand(Prepare))
        {
            await prepare.ExecuteNonQueryAsync();
        }

        var commits = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = await database.OpenConnectionAsync();
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                await using var command = new NpgsqlCommand(Insert, connection);
                var id = Guid.CreateVersion7();
                command.Parameters.AddWithValue(id);
                command.Parameters.AddWithValue(id.ToString());
                command.Parameters.AddWithValue("A text of usual length, as a client would write it to a sitter.");
                await command.ExecuteNonQueryAsync();
                Interlocked.Increment(ref commits);
            }
        })));
        return commits / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
