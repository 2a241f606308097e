using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

namespace PhoneMasking.AppHost.Tests.Servers;

public sealed class PrivatePostgresTests
{
    [Fact]
    public async Task Kill_ThenStart_KeepsWhatWasCommitted()
    {
        using var folder = new TemporaryFolder();
        await using var server = new PrivatePostgres(folder.Path);
        await server.StartAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(server, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");

        await server.KillAsync();
        Assert.Equal(0, server.ProcessId);
        await server.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, await ExecuteAsync(server, "SELECT id FROM kept"));
    }

    [Fact]
    public async Task Restart_KeepsTheAddressAndTheData()
    {
        using var folder = new TemporaryFolder();
        await using var server = new PrivatePostgres(folder.Path);
        await server.StartAsync(TestContext.Current.CancellationToken);
        var address = server.ConnectionString();
        await ExecuteAsync(server, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");

        await server.RestartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(address, server.ConnectionString());
        Assert.Equal(7, await ExecuteAsync(server, "SELECT id FROM kept"));
    }

    [Fact]
    public async Task Start_OnDataOfARunThatStillHasItsServer_EndsThatServerFirst()
    {
        using var folder = new TemporaryFolder();
        await using var former = new PrivatePostgres(folder.Path);
        await former.StartAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(former, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");

        await using var next = new PrivatePostgres(folder.Path);
        await next.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, former.ProcessId);
        Assert.Equal(7, await ExecuteAsync(next, "SELECT id FROM kept"));
    }

    [Fact]
    public async Task Start_OnDataOfAVersionThatIsNotInstalled_SaysSo()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);
        await using var server = new PrivatePostgres(folder.Path);

        var failure = await Assert.ThrowsAsync<ServerNotStartedException>(
            () => server.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("PostgreSQL 9", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> ExecuteAsync(PrivatePostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{server.ConnectionString()};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
