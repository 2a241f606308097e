using Npgsql;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Lets one <c>setup</c> at a time create things at Twilio; a killed one's turn ends with its connection.</summary>
internal sealed class SetupTurns(NpgsqlDataSource database)
{
    /// <summary>Waits for the turn, however long the one before takes. Dispose it to end the turn.</summary>
    public async Task<IAsyncDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock(hashtext('numbers.setup'))", connection)
            {
                CommandTimeout = 0,
            };
            await take.ExecuteNonQueryAsync(cancellationToken);
            return new Turn(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private sealed class Turn(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                await using var end = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtext('numbers.setup'))", connection);
                await end.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }
}
