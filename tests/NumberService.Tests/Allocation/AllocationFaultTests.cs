using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.TestServers;

namespace PhoneMasking.NumberService.Tests.Allocation;

public sealed class AllocationFaultTests
{
    [Fact]
    public async Task AllocateNumber_WhenTheDatabaseFails_AnswersAnErrorAndLogsIt()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var bus = await new TestBus(broker).StartAsync(TestContext.Current.CancellationToken);
        using var log = new CapturedLog();
        await using var host = NumberServiceFixture.Host(database, broker, TimeProvider.System, log);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<NumberDbContext>().Database.ExecuteSqlAsync(
                $"ALTER TABLE numbers.clients RENAME TO clients_gone", TestContext.Current.CancellationToken);
        }

        var answer = await bus.AskAsync<AllocateNumber, NumberAllocation>(
            new AllocateNumber(OrganisationId.Default, ClientId.New(DateTimeOffset.UnixEpoch)),
            TestContext.Current.CancellationToken);

        Assert.Equal(new NumberAllocation(AllocationResult.AllocationError), answer);
        Assert.Contains("POOL_ALLOCATION_ERROR", log.Entries.Select(entry => entry.Event));
    }
}
