using System.Globalization;
using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Privacy;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>SIGKILL at the worst moments: what was taken goes out once.</summary>
public sealed class When_a_gateway_is_killed(ProductSystem product)
{
    // The lease is eight seconds here.
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(12);

    private static readonly string[] Modes = ["slow", "acceptSlow", "acceptHang", "healthy"];

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_send_once_when_instances_die_in_mid_send(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        foreach (var mode in Modes[..3])
        {
            await product.Simulator.AddFaultAsync(new { mode, contains = $" {mode}", delayMs = 1500, calls = 60 });
        }

        // A status callback would settle the outcome; without them only Twilio's list can.
        await product.Simulator.LifeCycleAsync("off");
        var before = await product.Simulator.LastCallAsync();
        try
        {
            var load = driver.DriveAsync(
                Webhook.Round(driver.Run, Load.Texts(brief: 400), crowd, index => Modes[index / 5 % Modes.Length]), Load.PerSecond(brief: 100));
            foreach (var victim in new[] { 0, 1, 0 })
            {
                await Task.Delay(driver.Jittered(TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken);
                await product.Gateways[victim].KillAsync();
                await product.Gateways[victim].StartAsync(TestContext.Current.CancellationToken);
            }

            await load;
        }
        finally
        {
            await product.Simulator.ClearFaultsAsync();
        }

        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Contains(await product.Simulator.CallsAsync(before), call => call.Operation == "list");
        await product.Simulator.LifeCycleAsync("normal");
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_send_once_when_both_die_under_load(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var load = driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 400), crowd), Load.PerSecond(brief: 150));
        foreach (var gateway in product.Gateways)
        {
            await Task.Delay(driver.Jittered(TimeSpan.FromSeconds(0.8)), TestContext.Current.CancellationToken);
            await gateway.KillAsync();
        }

        await Task.WhenAll(product.Gateways.Select(gateway => gateway.StartAsync(TestContext.Current.CancellationToken)));
        await load;

        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_send_once_what_was_sent_but_not_recorded(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await using (var unrecorded = await HeldCommits.OfAsync(
            product, "UPDATE ON gateway.outbound", "NEW.state >= 3 AND OLD.state < 3"))
        {
            await driver.DriveAsync(Webhook.Round(driver.Run, 20, crowd), Load.PerSecond(brief: 100));
            await unrecorded.WaitForOneAsync();
            await KillBothAsync();
        }

        await StartBothAsync();
        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_send_once_what_was_published_but_not_removed(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await using var spy = await HeaderSpy.StartAsync(product, HeaderSpy.Work);

        // Nothing can be routed, so what those who took the texts do not manage is published when their head start is over.
        await using (var unremoved = await HeldCommits.OfAsync(product, "DELETE ON gateway.outbox"))
        await using (await HeldCommits.OfAsync(product, "INSERT ON gateway.outbound"))
        {
            await driver.DriveAsync(Webhook.Round(driver.Run, 20, crowd), Load.PerSecond(brief: 100));
            await unremoved.WaitForOneAsync();
            await KillBothAsync();
        }

        await StartBothAsync();

        // Taken before the queues are judged, of which the spy's is one.
        await Judge.DrainedAsync(product);
        await spy.ReadAsync();
        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Contains(spy.Ids.CountBy(id => id), published => published.Value > 1);
    }

    [Fact]
    public async Task Should_send_once_when_one_freezes_for_longer_than_its_lease_and_goes_on()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        var load = driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 600), crowd), perSecond: 400);

        await Task.Delay(driver.Jittered(TimeSpan.FromSeconds(0.8)), TestContext.Current.CancellationToken);
        await SignalAsync("-STOP", product.Gateways[0]);
        await Task.Delay(Frozen, TestContext.Current.CancellationToken);
        await SignalAsync("-CONT", product.Gateways[0]);
        await load;

        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Fact]
    public async Task Should_send_once_when_the_database_took_longer_than_the_lease_to_grant_it()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        await using (var grants = await HeldCommits.OfAsync(product, "UPDATE ON gateway.outbound", "NEW.state = 1"))
        {
            await driver.DriveAsync(Webhook.Round(driver.Run, 20, crowd), Load.PerSecond(brief: 100));
            await grants.WaitForOneAsync();
            await Task.Delay(Frozen, TestContext.Current.CancellationToken);

            // Slow to accept: who looks now whether a text is there already does not see what another is just sending.
            await product.Simulator.AddFaultAsync(new { mode = "slow", delayMs = 2000, calls = 20 });
            await product.Simulator.LifeCycleAsync("off");
            await grants.ReleaseAsync();
            await Judge.DrainedAsync(product);
        }

        await product.Simulator.ClearFaultsAsync();
        await product.Simulator.LifeCycleAsync("normal");
        await Judge.ExactlyOnceAsync(product, driver);
    }

    private static async Task SignalAsync(string signal, ServiceProcess process)
    {
        var plan = new ProcessPlan("kill", signal, process.ProcessId.ToString(CultureInfo.InvariantCulture));
        var (exitCode, output) = await ChildProcess.RunAsync(plan, CancellationToken.None);
        Assert.True(exitCode == 0, output);
    }

    private Task KillBothAsync() => Task.WhenAll(product.Gateways.Select(gateway => gateway.KillAsync()));

    private Task StartBothAsync() =>
        Task.WhenAll(product.Gateways.Select(gateway => gateway.StartAsync(TestContext.Current.CancellationToken)));
}
