using Npgsql;
using PhoneMasking.TestServers;

namespace PhoneMasking.AppHost.Tests.Servers;

public sealed class TestServersTests
{
    [Fact]
    public async Task Database_WhenCreated_IsEmptyAndIsDroppedWithItsConnections()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var servers = await TestInfrastructure.GetAsync();
        await using var other = await servers.CreateDatabaseAsync(cancellationToken);
        var database = await servers.CreateDatabaseAsync(cancellationToken);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var stillOpen = await source.OpenConnectionAsync(cancellationToken);

        await database.DisposeAsync();

        await using var left = NpgsqlDataSource.Create(other.ConnectionString);
        await using var count = left.CreateCommand("SELECT count(*) FROM pg_database WHERE datname = $1");
        count.Parameters.AddWithValue(database.Name);
        Assert.Equal(0L, await count.ExecuteScalarAsync(cancellationToken));
    }

    [Fact]
    public async Task VirtualHost_WhenCreated_HasAnAddressOfItsOwn()
    {
        var servers = await TestInfrastructure.GetAsync();

        await using var one = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var two = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);

        Assert.Equal("amqp", one.Uri.Scheme);
        Assert.EndsWith($"/{one.Name}", one.ConnectionString, StringComparison.Ordinal);
        Assert.NotEqual(one.Uri, two.Uri);
    }
}
