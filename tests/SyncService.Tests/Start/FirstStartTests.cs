using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.SyncService.Persistence;
using PhoneMasking.TestServers;

namespace PhoneMasking.SyncService.Tests.Start;

public sealed class FirstStartTests
{
    [Fact]
    public async Task Start_WithSampleDataOnTwoInstancesAtOnce_AddsTheSamplesOnce()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);

        var hosts = await Task.WhenAll(StartAsync(database, broker), StartAsync(database, broker));

        await using (var scope = hosts[0].Services.CreateAsyncScope())
        {
            var names = await scope.ServiceProvider.GetRequiredService<SyncDbContext>().Clients
                .Select(client => client.Name)
                .ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(["Jane Doe", "Maria Lopez", "Tom Baker"], names.Order());
        }

        await hosts[0].DisposeAsync();
        await hosts[1].DisposeAsync();
    }

    private static Task<ServiceHost<SyncDbContext>> StartAsync(TestDatabase database, TestVirtualHost broker) =>
        new ServiceHost<SyncDbContext>(database, broker, ("SampleData:Enabled", "true"))
            .StartAsync(TestContext.Current.CancellationToken);
}
