using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>Two whole instances on servers of their own, and a bus that keeps what they tell the gateway.</summary>
public sealed class FailureFlowWorld : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestVirtualHost _broker = null!;
    private ServiceHost<AlertDbContext> _two = null!;

    internal TestBus Bus { get; private set; } = null!;

    internal ServiceHost<AlertDbContext> One { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(cancelled);
        _broker = await servers.CreateVirtualHostAsync(cancelled);
        Bus = await new TestBus(_broker).Keep<RetryMessages>().Keep<SendSitterAlert>().StartAsync(cancelled);
        One = await new ServiceHost<AlertDbContext>(_database, _broker).StartAsync(cancelled);
        _two = await new ServiceHost<AlertDbContext>(_database, _broker).StartAsync(cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await One.DisposeAsync();
        await Bus.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }
}
