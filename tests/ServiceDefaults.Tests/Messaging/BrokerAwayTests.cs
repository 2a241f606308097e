using System.Diagnostics;
using System.Net;
using MassTransit;
using PhoneMasking.AppHost.Local;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

/// <summary>The broker is killed under a service, which goes on storing; then it comes back.</summary>
public sealed class BrokerAwayTests
{
    private const int Stored = 300;

    [Fact]
    public async Task Broker_KilledAndBack_LosesNothingHoldsNothingAndIsFoundAtOnce()
    {
        using var folder = new TemporaryFolder();
        await using var broker = new PrivateRabbitMq(folder.Path);
        await broker.StartAsync(TestContext.Current.CancellationToken);
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString(),
            bus => bus.AddConsumer<NotingConsumer<ClientMerged>, NotingConsumerDefinition<ClientMerged>>());
        using var http = new HttpClient { BaseAddress = service.Address };
        await service.CommitAsync(SampleEvents.Merged());
        await Eventually.HoldsAsync(() => service.Received.Ids.Count == 1);

        await broker.KillAsync();
        for (var number = 0; number < Stored; number++)
        {
            await service.CommitAsync(SampleEvents.Merged());
        }

        await Eventually.HoldsAsync(async () => (await http.GetStringAsync("/health")).Contains("\"degraded\"", StringComparison.Ordinal));
        await Eventually.HoldsAsync(async () => await LocksAsync(service) == 0);
        var busy = Process.GetCurrentProcess().TotalProcessorTime;
        await Eventually.StaysAsync(() => LocksAsync(service).Result == 0, TimeSpan.FromSeconds(8));
        busy = Process.GetCurrentProcess().TotalProcessorTime - busy;
        using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(Stored, await service.CountAsync("sample.outbox WHERE attempts = 0"));

        await broker.StartAsync(TestContext.Current.CancellationToken);
        var published = await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);
        var consumed = await Eventually.HoldsAsync(async () => await Task.FromResult(service.Received.Ids.Distinct().Count() == Stored + 1));

        TestContext.Current.TestOutputHelper!.WriteLine($"published {published}, consumed {consumed}, busy {busy} of 8 s");
        Assert.True(published < TimeSpan.FromSeconds(3), $"published only after {published}");
        Assert.True(published + consumed < TimeSpan.FromSeconds(6), $"consumed only {consumed} later");
        Assert.True(busy < TimeSpan.FromSeconds(3), $"busy for {busy} without anything to do");
        await Eventually.HoldsAsync(async () => (await http.GetStringAsync("/health")).Contains("{\"status\":\"healthy\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Broker_NeverThere_ServiceStartsDegradedAndStopsPromptly()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(
            database.ConnectionString,
            "amqp://guest:guest@127.0.0.1:1",
            bus => bus.AddConsumer<NotingConsumer<ClientMerged>, NotingConsumerDefinition<ClientMerged>>());
        using var http = new HttpClient { BaseAddress = service.Address };

        await service.CommitAsync(SampleEvents.Merged());
        using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        var stopping = Stopwatch.StartNew();
        await service.StopAsync();

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Contains("degraded", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(5), $"stopped only after {stopping.Elapsed}");
    }

    private static Task<long> LocksAsync(SampleService service) => service.CountAsync("""
        pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'
        """);
}
