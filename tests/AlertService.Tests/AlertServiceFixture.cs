using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

[assembly: AssemblyFixture(typeof(PhoneMasking.AlertService.Tests.AlertServiceFixture))]

namespace PhoneMasking.AlertService.Tests;

/// <summary>One AlertService for all tests; a test uses its own organisation.</summary>
public sealed class AlertServiceFixture : IAsyncLifetime
{
    private ServiceHost<AlertDbContext>? _host;

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

        // Kept, because what no queue takes is published again and again.
        Bus = await new TestBus(Broker)
            .Keep<RetryMessages>()
            .Keep<SendSitterAlert>()
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
    internal Task<ServiceHost<AlertDbContext>> StartHostAsync(params (string Name, string Value)[] settings) =>
        new ServiceHost<AlertDbContext>(Database, Broker, settings).StartAsync(TestContext.Current.CancellationToken);

    internal static OrganisationId NewOrganisation() => OrganisationId.New(TimeProvider.System.GetUtcNow());

    internal Task<object> AskAsync(ListAudit request) =>
        Bus.AskAsync<ListAudit, AuditPage>(request, TestContext.Current.CancellationToken);

    internal async Task<T> ReadAsync<T>(Func<AlertDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AlertDbContext>());
    }

    /// <summary>Waits until the organisation's audit log has so many lines.</summary>
    internal Task AuditedAsync(OrganisationId organisation, int lines) => Eventually.TrueAsync(
        async () => await ReadAsync(db => db.Audit.CountAsync(
            record => record.OrganisationId == organisation, TestContext.Current.CancellationToken)) >= lines,
        $"{lines} lines of the audit log",
        TestContext.Current.CancellationToken);
}
