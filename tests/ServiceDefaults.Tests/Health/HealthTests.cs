using System.Diagnostics;
using System.Net;
using System.Text.Json;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Health;

public sealed class HealthTests
{
    // Two seconds are promised; the rest is for a busy machine. Npgsql alone waits 15 s for a connection.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Health_EverythingThere_IsHealthyWithEachDependency()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(database.ConnectionString, broker.ConnectionString);
        using var http = new HttpClient { BaseAddress = service.Address };

        await Eventually.HoldsAsync(async () => (await HealthAsync(http)).Status == "healthy");

        var (code, status, dependencies) = await HealthAsync(http);
        Assert.Equal((HttpStatusCode.OK, "healthy"), (code, status));
        Assert.Equal("healthy", dependencies.GetProperty("database").GetProperty("status").GetString());
        Assert.Equal("healthy", dependencies.GetProperty("broker").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Health_BrokerAway_IsDegradedButStillTakesTexts()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(database.ConnectionString, "amqp://guest:guest@127.0.0.1:1");
        using var http = new HttpClient { BaseAddress = service.Address };

        var (code, status, dependencies) = await HealthAsync(http);

        Assert.Equal((HttpStatusCode.OK, "degraded"), (code, status));
        Assert.Equal("degraded", dependencies.GetProperty("broker").GetProperty("status").GetString());
        Assert.Equal("healthy", dependencies.GetProperty("database").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Health_DatabaseKilled_IsUnhealthySoonAndHealsByItself()
    {
        using var folder = new TemporaryFolder();
        await using var server = new PrivatePostgres(folder.Path);
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(server.ConnectionString(), "amqp://guest:guest@127.0.0.1:1");
        using var http = new HttpClient { BaseAddress = service.Address };

        await server.KillAsync();
        var watch = Stopwatch.StartNew();
        var (code, status, _) = await HealthAsync(http);
        watch.Stop();
        using var alive = await http.GetAsync("/alive", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (code, status));
        Assert.True(watch.Elapsed < Soon, $"answered only after {watch.Elapsed}");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        await server.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(async () => (await HealthAsync(http)).Status == "degraded");
    }

    private static async Task<(HttpStatusCode Code, string? Status, JsonElement Dependencies)> HealthAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var root = body.RootElement.Clone();
        return (response.StatusCode, root.GetProperty("status").GetString(), root.GetProperty("dependencies"));
    }
}
