using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Persistence;

public sealed class SchemaMigrationTests
{
    private const string NoBroker = "amqp://guest:guest@127.0.0.1:1";

    [Fact]
    public async Task Schema_FourServicesStartingTogether_IsMigratedOnce()
    {
        await using var database = await DatabaseAsync();

        var services = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => SampleService.StartAsync(database.ConnectionString, NoBroker)));

        Assert.Equal(2, await services[0].CountAsync("sample.schema_history"));
        Assert.Equal(0, await services[0].CountAsync("pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
        foreach (var service in services)
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task Service_WithTheArgumentMigrate_OnlyMigratesAndEnds()
    {
        await using var database = await DatabaseAsync();
        await using var app = SampleService.Compose(database.ConnectionString, NoBroker);

        await app.RunServiceAsync(["migrate"]).WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);

        Assert.All(app.Urls, address => Assert.EndsWith(":0", address, StringComparison.Ordinal));
        await using var history = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT count(*) FROM sample.schema_history");
        Assert.Equal(2L, await history.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Service_BeforeItsDatabase_WaitsForTheServerAndForTheDatabase()
    {
        using var folder = new TemporaryFolder();
        await using var server = new PrivatePostgres(folder.Path);
        var database = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Database = "created_later" };

        var starting = SampleService.StartAsync(database.ConnectionString, NoBroker);
        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.False(starting.IsCompleted);
        await using (var connection = new NpgsqlConnection(server.ConnectionString()))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var create = new NpgsqlCommand("CREATE DATABASE created_later", connection);
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var service = await starting.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        Assert.Equal(2, await service.CountAsync("sample.schema_history"));
    }

    [Fact]
    public async Task Schema_OfTheVersionBefore_GetsWhatIsMissing()
    {
        await using var database = await DatabaseAsync();
        await using (var service = await SampleService.StartAsync(database.ConnectionString, NoBroker))
        {
            await using var before = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
                DELETE FROM sample.schema_history WHERE "MigrationId" = '20260101_0002_Notes';
                ALTER TABLE sample.effects DROP COLUMN note;
                """);
            await before.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var next = await SampleService.StartAsync(database.ConnectionString, NoBroker);

        Assert.Equal(2, await next.CountAsync("sample.schema_history"));
        Assert.Equal(1, await next.CountAsync("pg_attribute WHERE attrelid = 'sample.effects'::regclass AND attname = 'note'"));
    }

    [Theory]
    [InlineData("LOCK TABLE sample.effects")]
    [InlineData("SELECT pg_advisory_xact_lock(hashtext('migrate:sample'))")]
    public async Task Migration_LongerThanStatementsMayTake_IsAwaited(string hold)
    {
        await using var database = await DatabaseAsync();
        await using (await SampleService.StartAsync(database.ConnectionString, NoBroker))
        {
        }

        await using var other = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var before = other.CreateCommand("""
            DELETE FROM sample.schema_history WHERE "MigrationId" = '20260101_0002_Notes';
            ALTER TABLE sample.effects DROP COLUMN note;
            """))
        {
            await before.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var holder = await other.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var holding = new NpgsqlCommand(hold, holder))
        {
            await holding.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var starting = SampleService.StartAsync($"{database.ConnectionString};Command Timeout=1", NoBroker);
        await TestServers.Eventually.TrueAsync(
            async () =>
            {
                await using var waiting = other.CreateCommand("""
                    SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
                        AND wait_event_type = 'Lock' AND now() - query_start > interval '3 seconds')
                    """);
                return await waiting.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true;
            },
            "a migration that waits for longer than a statement may",
            TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await using var service = await starting.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        Assert.Equal(2, await service.CountAsync("sample.schema_history"));
    }

    [Fact]
    public async Task Schema_OfALaterVersion_IsLeftAlone()
    {
        await using var database = await DatabaseAsync();
        await using (var service = await SampleService.StartAsync(database.ConnectionString, NoBroker))
        {
            await using var later = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
                "INSERT INTO sample.schema_history VALUES ('20990101_0003_Later', '10.0.0')");
            await later.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var previous = await SampleService.StartAsync(database.ConnectionString, NoBroker);

        Assert.Equal(3, await previous.CountAsync("sample.schema_history"));
    }

    [Fact]
    public async Task Schema_Migrated_HoldsEveryColumnOfTheModel()
    {
        await using var database = await DatabaseAsync();
        await using var service = await SampleService.StartAsync(database.ConnectionString, NoBroker);
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleDbContext>();

        Assert.Empty(await db.Outbox.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Inbox.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Effects.ToListAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<TestDatabase> DatabaseAsync() =>
        await (await TestInfrastructure.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken);
}
