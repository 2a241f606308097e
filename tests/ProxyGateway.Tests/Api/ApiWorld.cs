using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Two instances of the gateway, and what answers for the other services. Each test has an organisation of its own.</summary>
public sealed class ApiWorld : IAsyncLifetime
{
    private TestDatabase? _database;
    private TestVirtualHost? _broker;

    internal CapturedLog Log { get; } = new();

    internal GatewayHost[] Hosts { get; private set; } = [];

    internal FakeOwners Owners { get; private set; } = null!;

    internal TestBus Events { get; private set; } = null!;

    internal NpgsqlDataSource Database { get; private set; } = null!;

    internal Uri Address => Hosts[0].ClientOptions.BaseAddress;

    internal ApiKeyRing Keys => Hosts[0].Services.GetRequiredService<ApiKeyRing>();

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        Database = NpgsqlDataSource.Create(_database.ConnectionString);
        Events = await new TestBus(_broker)
            .Keep<ApiKeyCreated>()
            .Keep<ApiKeyRevoked>()
            .Keep<RecordsExported>()
            .Keep<SessionExtended>()
            .Keep<OrganisationCreated>()
            .Keep<AccessRefused>()
            .StartAsync(TestContext.Current.CancellationToken);
        Owners = await FakeOwners.StartAsync(_broker.Uri, TestContext.Current.CancellationToken);
        Hosts = [NewHost(), NewHost()];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        await Owners.DisposeAsync();
        await Events.DisposeAsync();
        await Database.DisposeAsync();
        await _broker!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    internal GatewayHost NewHost(params (string Name, string Value)[] settings) => CreateHost(settings).Start();

    /// <summary>An instance that is not started yet.</summary>
    internal GatewayHost CreateHost(params (string Name, string Value)[] settings) => new(
        _database!.ConnectionString,
        _broker!.ConnectionString,
        new FakeTwilio(TimeProvider.System),
        log: Log,
        settings: settings);

    /// <summary>A business with a key; every scope when none is named.</summary>
    internal async Task<ApiBusiness> NewBusinessAsync(params string[] scopes)
    {
        var organisation = OrganisationId.New(TimeProvider.System.GetUtcNow());
        await using var command = Database.CreateCommand(
            "INSERT INTO gateway.organisations (id, name, created_at) VALUES ($1, 'A business', now())");
        command.Parameters.AddWithValue(organisation.Value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new ApiBusiness(this, organisation, await NewKeyAsync(organisation, scopes is [] ? Scopes.All : scopes));
    }

    internal async Task<string> NewKeyAsync(OrganisationId organisation, IReadOnlyList<string> scopes)
    {
        var secret = ApiKeySecret.New();
        await Keys.AddAsync(organisation, "A key", scopes, secret, KeyOrigin.Api, TestContext.Current.CancellationToken);
        return secret.Reveal();
    }
}

/// <summary>Tests on the same two instances, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ApiGroup : ICollectionFixture<ApiWorld>
{
    public const string Name = "Public API";
}
