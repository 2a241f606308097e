using System.Net;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

/// <summary>The broker is killed under a service, which goes on storing; then it comes back.</summary>
public sealed class BrokerAwayTests
{
    private const int Stored = 300;

    // Left to itself MassTransit would try to connect after 0 and 3 s, and then wait for 6 s more.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);

    // A stop that only ends with its time limit does not end within the test's patience.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // Far fewer than any loop that goes round without anything to do would write.
    private const int MostLines = 50;

    [Fact]
    public async Task Broker_KilledAndBack_LosesNothingHoldsNothingAndIsFoundAtOnce()
    {
        using var log = new CapturedLog();
        using var folder = new TemporaryFolder();
        await using var broker = new PrivateRabbitMq(folder.Path);
        await broker.StartAsync(TestContext.Current.CancellationToken);
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString(),
            bus => bus.AddConsumer<NotingConsumer<ClientMerged>, NotingConsumerDefinition<ClientMerged>>(),
            builder =>
            {
                builder.Logging.AddProvider(log);
                builder.Services.PostConfigure<LoggerFilterOptions>(filters =>
                {
                    filters.Rules.Clear();
                    filters.MinLevel = LogLevel.Debug;
                });
            });
        await using var outside = NpgsqlDataSource.Create(database.ConnectionString);
        using var http = new HttpClient { BaseAddress = service.Address };
        await service.CommitAsync(SampleEvents.Merged());
        await Eventually.HoldsAsync(() => service.Received.Ids.Count == 1);

        await broker.KillAsync();
        for (var number = 0; number < Stored; number++)
        {
            await service.CommitAsync(SampleEvents.Merged());
        }

        await Eventually.HoldsAsync(async () => (await http.GetStringAsync("/health")).Contains("\"degraded\"", StringComparison.Ordinal));
        await Eventually.HoldsAsync(async () => await LocksAsync(outside) == 0);
        var before = log.Entries.Count;
        await Eventually.StaysAsync(async () => await LocksAsync(outside) == 0, Quiet);
        var busy = log.Entries.Skip(before).ToArray();
        using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(Stored, await service.CountAsync("sample.outbox WHERE attempts = 0"));

        await broker.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);
        await Eventually.HoldsAsync(() => service.Received.Ids.Distinct().Count() == Stored + 1);

        // Found at once: nobody but the watch tried while there was no broker, so nobody was still waiting after a failed try
        // when it came back. One try may have begun before the watch knew.
        Assert.InRange(TriesWithoutBroker(log.Entries), 0, 1);
        Assert.True(busy.Length <= MostLines, $"{busy.Length} lines without anything to do, {busy.LastOrDefault()} the last");
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
            bus => bus.AddConsumer<NotingConsumer<ClientMerged>, NotingConsumerDefinition<ClientMerged>>(),
            builder => builder.Services
                .PostConfigure<HostOptions>(host => host.ShutdownTimeout = Never)
                .PostConfigure<MassTransitHostOptions>(bus => (bus.StopTimeout, bus.ConsumerStopTimeout) = (Never, Never)));
        using var http = new HttpClient { BaseAddress = service.Address };

        await service.CommitAsync(SampleEvents.Merged());
        using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        await service.StopAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Contains("degraded", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static int TriesWithoutBroker(IReadOnlyList<LoggedLine> lines) => lines
        .SkipWhile(line => line.Text != "RabbitMQ lost")
        .TakeWhile(line => line.Text != "RabbitMQ reached")
        .Count(line => line.Category == "MassTransit" && line.Text.StartsWith("Connect:", StringComparison.Ordinal));

    private static async Task<long> LocksAsync(NpgsqlDataSource outside)
    {
        await using var command = outside.CreateCommand("""
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'
            """);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
