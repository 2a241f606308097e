using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.SyncService.Persistence;
using PhoneMasking.TestServers;

[assembly: AssemblyFixture(typeof(PhoneMasking.SyncService.Tests.SyncServiceFixture))]

namespace PhoneMasking.SyncService.Tests;

/// <summary>One SyncService for all tests; a test uses its own organisation.</summary>
public sealed class SyncServiceFixture : IAsyncLifetime
{
    private ServiceHost<SyncDbContext>? _host;

    internal TestDatabase Database { get; private set; } = null!;

    internal TestVirtualHost Broker { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    internal IServiceProvider Services => _host!.Services;

    internal HttpClient Http => _host!.CreateClient();

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        Database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        Broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        Bus = await new TestBus(Broker)
            .Keep<ClientChanged>()
            .Keep<ClientMerged>()
            .StartAsync(TestContext.Current.CancellationToken);
        _host = await StartHostAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        await Bus.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>One more instance on the same servers.</summary>
    internal Task<ServiceHost<SyncDbContext>> StartHostAsync(params (string Name, string Value)[] settings) =>
        new ServiceHost<SyncDbContext>(Database, Broker, settings).StartAsync(TestContext.Current.CancellationToken);

    internal static OrganisationId NewOrganisation() => OrganisationId.New(TimeProvider.System.GetUtcNow());

    internal Task<object> AskAsync(AddClient request) =>
        Bus.AskAsync<AddClient, ClientView>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ChangeClient request) =>
        Bus.AskAsync<ChangeClient, ClientView>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ReadClient request) =>
        Bus.AskAsync<ReadClient, ClientView>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ListClients request) =>
        Bus.AskAsync<ListClients, ClientPage>(request, TestContext.Current.CancellationToken);

    /// <summary>Somebody unknown texted; returns once the service knows.</summary>
    internal async Task<ClientId> SeeAsync(OrganisationId organisation, string number, ClientId? id = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var given = id ?? ClientId.New(now);
        await Bus.PublishAsync(
            new UnknownSenderSeen(organisation, given, E164Number.Parse(number), SitterId.New(now), now),
            Guid.CreateVersion7(),
            TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            () => ReadAsync(db => db.Clients.AnyAsync(
                client => client.Id == given, TestContext.Current.CancellationToken)),
            "the sender's record",
            TestContext.Current.CancellationToken);
        return given;
    }

    internal async Task<T> ReadAsync<T>(Func<SyncDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<SyncDbContext>());
    }

    /// <summary>Waits until everything committed so far has been published.</summary>
    internal Task PublishedAsync() => Eventually.TrueAsync(
        async () => !await ReadAsync(db => db.Outbox.AnyAsync(TestContext.Current.CancellationToken)),
        "an empty outbox",
        TestContext.Current.CancellationToken);
}
