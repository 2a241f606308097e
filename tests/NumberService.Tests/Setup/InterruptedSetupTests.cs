using PhoneMasking.NumberService.Setup;
using PhoneMasking.NumberService.Tests.Setup.World;

namespace PhoneMasking.NumberService.Tests.Setup;

public sealed class InterruptedSetupTests
{
    private const int Wanted = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setup_InterruptedThreeTimesAtRandom_EndsWithExactlyTheWantedNumbers()
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Put, "pace", new { latencyMs = 60 });
        var seed = Environment.TickCount;
        var random = new Random(seed);
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}");

        for (var round = 0; round < 3; round++)
        {
            var calls = await world.AllCallsAsync() + random.Next(1, 40);
            using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var running = world.RunAsync(interrupt.Token, "setup", "--yes");
            await Task.WhenAny(running, UntilCallsAsync(world, calls));
            await interrupt.CancelAsync();
            Assert.NotEqual(SetupEnd.Failed, (await running).End);
        }

        var ended = await world.RunAsync("setup", "--yes");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Equal(Wanted, (await world.Simulator.NumbersAsync()).Count);
        Assert.Equal(Wanted, await world.CountAsync("stage = 'Ready'"));
        Assert.Equal(Wanted, Assert.Single(await world.MessagingServicesAsync()).Numbers);
        Assert.Equal(0, await world.ProxyServicesAsync());
    }

    [Fact]
    public async Task TwoSetups_AtOnce_OrderOnce()
    {
        await using var world = await SetupWorld.StartAsync();

        var ended = await Task.WhenAll(world.RunAsync("setup", "--yes"), world.RunAsync("setup", "--yes"));

        Assert.All(ended, one => Assert.True(one.End == SetupEnd.Ready, one.Output));
        Assert.Equal(Wanted, (await world.Simulator.NumbersAsync()).Count);
        Assert.Equal(Wanted, await world.CountAsync());
        Assert.Single(await world.MessagingServicesAsync());
    }

    [Theory]
    [InlineData("acceptReset")]
    [InlineData("acceptHang")]
    [InlineData("accept500")]
    [InlineData("reset")]
    [InlineData("e503")]
    public async Task MessagingService_WhoseCreationIsNotAnswered_IsMadeOnce(string mode)
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.BreakAsync(new { mode, operation = "createService", calls = 1 });

        var ended = await world.RunAsync("setup", "--yes");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Equal(Wanted, Assert.Single(await world.MessagingServicesAsync()).Numbers);
    }

    [Fact]
    public async Task Setup_PutOffWith429_WaitsAsAskedAndEndsWithExactlyTheWantedNumbers()
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(
            HttpMethod.Put, "pace", new { latencyMs = 40, mostConcurrent = 2, retryAfterSeconds = 1 });

        var ended = await world.RunAsync("setup", "--yes");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Equal(Wanted, (await world.Simulator.NumbersAsync()).Count);
        Assert.True(await world.PutOffAsync() > 0);
    }

    [Fact]
    public async Task Setup_WhereProxyIsRefused_SaysSoAndGoesOn()
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Put, "proxy", new { available = false });

        var ended = await world.RunAsync("setup", "--yes", "--engine", "proxy");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Contains("80506", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Programmable engine", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_ForTheProxyEngine_MakesOneServiceAndPutsTheNumbersIn()
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Put, "proxy", new { available = true });

        var probed = await world.RunAsync("setup", "--yes", "--reserved", "0", "--pool", "0", "--standby", "0");
        Assert.Contains("could have one", probed.Output, StringComparison.Ordinal);
        Assert.Equal(0, await world.ProxyServicesAsync());

        await world.RunAsync("setup", "--yes", "--engine", "proxy");
        var ended = await world.RunAsync("setup", "--yes", "--engine", "proxy");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Equal(1, await world.ProxyServicesAsync());
        Assert.Equal(Wanted, await world.CallsAsync("addProxyNumber", "succeeded"));
    }

    private static async Task UntilCallsAsync(SetupWorld world, long count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await world.AllCallsAsync() < count)
        {
            await timer.WaitForNextTickAsync(Token);
        }
    }
}
