using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>The gateway's tables in a database of their own, without a service that looks at them: what PostgreSQL counts is the test's.</summary>
internal sealed class GatewayTables : IAsyncDisposable
{
    // Each client of 200 has a thread with one of twenty numbers of ours.
    private const string Fill = """
        INSERT INTO gateway.outbound (
            id, organisation_id, part, direction, from_number, to_number, body, media, state, provider_sid, due_at, created_at)
        SELECT gen_random_uuid(), $1, 0, 0, '+' || 12205550100 + text % 20,
            '+' || CASE WHEN text % 200 < 100 THEN 13005550100 ELSE 13015550100 END + text % 100,
            'Could you come at half past five today?', '{}', $2,
            CASE WHEN $2 >= 3 THEN 'SM' || md5(random()::text) END, now() - interval '1 minute', now()
        FROM generate_series(1, $3) AS text
        """;

    private readonly TestDatabase _home;

    private GatewayTables(TestDatabase home)
    {
        _home = home;

        // As the services connect, but with one connection: only it can be told to publish what it has counted.
        Database = NpgsqlDataSource.Create(
            home.ConnectionString + ";Maximum Pool Size=1;Options=-c enable_seqscan=off -c jit=off");
    }

    public NpgsqlDataSource Database { get; }

    public string ConnectionString => _home.ConnectionString;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<GatewayTables> CreateAsync()
    {
        var tables = new GatewayTables(await (await TestInfrastructure.GetAsync()).CreateDatabaseAsync(Token));
        var options = new DbContextOptionsBuilder<GatewayDbContext>()
            .UseNpgsql(tables.Database, npgsql => npgsql.MigrationsHistoryTable("schema_history", GatewayDbContext.Schema))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        await using var db = new GatewayDbContext(options.Options);
        await db.Database.ExecuteSqlRawAsync("CREATE SCHEMA gateway", Token);
        await db.Database.MigrateAsync(Token);
        return tables;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _home.DisposeAsync();
    }

    /// <summary>Adds texts to 200 clients.</summary>
    public async Task FillAsync(OutboundState state, int texts)
    {
        await using var fill = Database.CreateCommand(Fill);
        fill.Parameters.AddWithValue(Guid.Empty);
        fill.Parameters.AddWithValue((short)state);
        fill.Parameters.AddWithValue(texts);
        await fill.ExecuteNonQueryAsync(Token);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Asks for one value, once PostgreSQL has published what this connection counted.</summary>
    public async Task<T> CountAsync<T>(string sql)
    {
        await ExecuteAsync("SELECT pg_stat_force_next_flush()");
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
