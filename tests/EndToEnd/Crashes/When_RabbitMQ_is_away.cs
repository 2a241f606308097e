using System.Net.Http.Json;
using System.Text.Json;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>Texts are taken while the broker is away, and go on; what does not goes out when it is back.</summary>
public sealed class When_RabbitMQ_is_away(ProductSystem product)
{
    private static readonly TimeSpan Killed = TimeSpan.FromSeconds(2);

    // From the broker's return, in full runs: a machine may be too slow for promises in seconds.
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(10);

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_lose_nothing_when_it_is_killed_under_load(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var load = driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 600), crowd), Load.PerSecond(brief: 150));

        await driver.InMidLoadAsync();
        await product.RabbitMq.KillAsync();
        await Until.TrueAsync(async () => await HealthAsync() == (200, "degraded"), "the gateway to be degraded, not down");
        await Task.Delay(driver.Jittered(Killed), TestContext.Current.CancellationToken);
        await product.RabbitMq.StartAsync(TestContext.Current.CancellationToken);
        var back = TimeProvider.System.GetTimestamp();
        await load;

        Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));
        await Judge.DrainedAsync(product);
        var drained = TimeProvider.System.GetElapsedTime(back);
        driver.Note($"drained {drained.TotalSeconds:0.0} s after the broker's return");
        Assert.True(!Load.IsFull || drained <= Drained, $"It took {drained.TotalSeconds:0.0} s to drain.");
        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Fact]
    public async Task Should_put_people_in_touch_while_it_is_stopped()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        await product.RabbitMq.StopAsync();
        await driver.DriveAsync(Webhook.Round(driver.Run, 20, crowd), perSecond: 20);

        await Until.TrueAsync(
            async () => (await Judge.RelayedAsync(product, driver)).Count == driver.Sent.Count, "the texts to be sent");
        await product.RabbitMq.StartAsync(TestContext.Current.CancellationToken);

        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_take_texts_while_it_is_stopped_and_send_even_those_whose_gateway_died_meanwhile(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var before = await product.Simulator.LastCallAsync();
        await product.RabbitMq.StopAsync();
        await using (var unrouted = await HeldCommits.OfAsync(product, "INSERT ON gateway.outbound"))
        {
            var load = driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 400), crowd), Load.PerSecond(brief: 50));
            await Until.TrueAsync(async () => await HealthAsync() == (200, "degraded"), "the gateway to be degraded");
            await load;
            Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));

            // Stored, neither routed nor published, and those who knew of it are dead.
            await unrouted.WaitForOneAsync();
            await Task.WhenAll(product.Gateways.Select(gateway => gateway.KillAsync()));
        }

        await Task.WhenAll(product.Gateways.Select(gateway => gateway.StartAsync(TestContext.Current.CancellationToken)));
        await product.RabbitMq.StartAsync(TestContext.Current.CancellationToken);

        await Judge.ExactlyOnceAsync(product, driver);
        var sends = (await product.Simulator.CallsAsync(before)).Count(call => call.Operation == "send");
        driver.Note($"{sends} calls for {driver.Sent.Count} texts");
        await Until.TrueAsync(async () => await HealthAsync() == (200, "healthy"), "the gateway to be healthy again");
    }

    private async Task<(int, string)> HealthAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.GetAsync(
            new Uri(product.Gateways[0].Address!, "/health"), TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, report.GetProperty("status").GetString()!);
    }
}
