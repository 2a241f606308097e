namespace PhoneMasking.Simulator.Tests.Rest;

public sealed class BoundedMemoryTests
{
    [Fact]
    public async Task Messages_BeyondTheCap_PushTheOldestOut()
    {
        await using var host = await SimulatorHost.StartAsync(
            ("Simulator:Messages:Kept", "100"),
            ("Simulator:KeptCalls", "100"),
            ("Simulator:Messages:Callbacks", "Off"));
        var first = await host.SendAsync("1");
        foreach (var number in Enumerable.Range(2, 109))
        {
            await host.SendAsync($"{number}", number % 2 == 0 ? SimulatorHost.Dana : SimulatorHost.Sam);
        }

        var messages = await host.GetAsync("/simulator/api/messages");
        var page = await host.GetAsync("/simulator/api/messages?after=105&limit=3");
        var calls = await host.GetAsync("/simulator/api/calls");

        Assert.Equal(100, messages.GetArrayLength());
        Assert.Equal(11, messages[0].GetProperty("sequence").GetInt64());
        Assert.Equal(["106", "107", "108"], page.EnumerateArray().Select(one => one.GetProperty("body").GetString()));
        Assert.Equal(100, calls.GetArrayLength());
        using var gone = await host.Http.GetAsync(
            $"{SimulatorHost.Account}/Messages/{first}.json",
            TestContext.Current.CancellationToken);
        Assert.False(gone.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Reset_ForgetsAllButTheStart()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.TextAsync("STOP");
        await host.FaultAsync(new { mode = "e500" });
        await host.ControlAsync(HttpMethod.Post, "/people", new { name = "Lee", number = "+13035550143" });
        await host.ControlAsync(HttpMethod.Put, "/life-cycle", new { callbacks = "off" });

        using var reset = await host.Http.PostAsync(
            "/simulator/api/reset",
            content: null,
            TestContext.Current.CancellationToken);

        Assert.Equal(2, (await host.GetAsync("/simulator/api/people")).GetArrayLength());
        var life = await host.GetAsync("/simulator/api/life-cycle");
        Assert.Equal("normal", life.GetProperty("callbacks").GetString());
        await host.SendAsync("no fault, no opt-out");
        Assert.Equal(1, (await host.GetAsync("/simulator/api/messages"))[0].GetProperty("sequence").GetInt64());
    }
}
