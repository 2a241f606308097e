using Npgsql;

namespace PhoneMasking.TestServers;

/// <summary>An empty PostgreSQL database for one test or test class.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;

    private TestDatabase(string server, string name, string connectionString)
    {
        _server = server;
        Name = name;
        ConnectionString = connectionString;
    }

    /// <summary>The database's name, unique.</summary>
    public string Name { get; }

    /// <summary>Connects as the superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Drops the database, closing whatever connections are left.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
    }

    internal static async Task<TestDatabase> CreateAsync(
        NpgsqlConnectionStringBuilder server,
        CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.CreateVersion7():N}";
        var database = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name };
        server.Pooling = false;
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {name}", cancellationToken);
        return new TestDatabase(server.ConnectionString, name, database.ConnectionString);
    }

    private static async Task ExecuteAsync(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
