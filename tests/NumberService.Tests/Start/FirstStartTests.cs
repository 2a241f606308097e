using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.TestServers;

namespace PhoneMasking.NumberService.Tests.Start;

public sealed class FirstStartTests
{
    [Fact]
    public async Task Start_WithSampleDataTwice_AddsTheSamplesOnce()
    {
        await using var database = await NewDatabaseAsync();
        await using var broker = await NewBrokerAsync();
        await using (await StartAsync(database, broker, ("SampleData:Enabled", "true")))
        {
            // Only started and stopped again.
        }

        await using var host = await StartAsync(database, broker, ("SampleData:Enabled", "true"));

        var sitters = await ReadAsync(host, db => db.Sitters
            .Include(sitter => sitter.Reserved)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ["Ana Alvarez +13035550131", "Ben Brooks +13035550132", "Cara Chen +13035550133"],
            sitters.Select(sitter => $"{sitter.Name} {sitter.Reserved!.Number!.Reveal()}").Order());
        Assert.Equal(10, await ReadAsync(host, db => db.Numbers.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Start_WithSampleDataBesideOtherNumbers_AddsNone()
    {
        await using var database = await NewDatabaseAsync();
        await using var broker = await NewBrokerAsync();
        await using var host = await StartAsync(
            database, broker, ("TWILIO_POOL_NUMBERS", "+12125550103"), ("SampleData:Enabled", "true"));

        Assert.Equal(1, await ReadAsync(host, db => db.Numbers.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Start_WithPoolNumbersOnTwoInstancesAtOnce_ImportsEachOnce()
    {
        await using var database = await NewDatabaseAsync();
        await using var broker = await NewBrokerAsync();
        var setting = ("TWILIO_POOL_NUMBERS", "+12125550104, +447700900104");

        var hosts = await Task.WhenAll(StartAsync(database, broker, setting), StartAsync(database, broker, setting));

        var numbers = await ReadAsync(hosts[0], db => db.Numbers.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["+12125550104", "+447700900104"], numbers.Select(number => number.Number!.Reveal()).Order());
        Assert.All(numbers, number => Assert.Equal(
            (NumberLifecycle.Pool, NumberStatus.Ready, OrganisationId.Default),
            (number.Lifecycle, number.Status, number.OrganisationId)));
        await hosts[0].DisposeAsync();
        await hosts[1].DisposeAsync();
    }

    private static async Task<TestDatabase> NewDatabaseAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        return await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
    }

    // Of its own, too: an instance with another database must not take the other tests' messages.
    private static async Task<TestVirtualHost> NewBrokerAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        return await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
    }

    private static Task<ServiceHost<NumberDbContext>> StartAsync(
        TestDatabase database,
        TestVirtualHost broker,
        params (string Name, string Value)[] settings) =>
        NumberServiceFixture.Host(database, broker, settings)
            .StartAsync(TestContext.Current.CancellationToken);

    private static async Task<T> ReadAsync<T>(ServiceHost<NumberDbContext> host, Func<NumberDbContext, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<NumberDbContext>());
    }
}
