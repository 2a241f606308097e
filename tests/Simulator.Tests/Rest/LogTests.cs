namespace PhoneMasking.Simulator.Tests.Rest;

public sealed class LogTests
{
    [Fact]
    public async Task Log_AfterTextsListsAndFailures_HasNoNumberAndNoBody()
    {
        await using var host = await SimulatorHost.StartAsync(
            ("Simulator:DefaultSmsUrl", "{receiver}/sms#rc=1&rp=all"));
        host.Receiver.Answer("/sms", 503);

        await host.TextAsync("canary-in");
        await host.SendAsync("canary-out");
        await host.GetAsync($"/Messages.json?To={Uri.EscapeDataString(SimulatorHost.Dana)}");
        await host.PostAsync(
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.Sam),
            ("Body", "canary"));
        await host.FaultAsync(new { mode = "reset" });
        await Assert.ThrowsAsync<HttpRequestException>(() => host.SendAsync("canary-cut"));
        await host.EventuallyAsync("/simulator/api/deliveries", list => list.GetArrayLength() == 1);

        Assert.Contains("Webhook given up", host.Log);
        Assert.DoesNotContain(SimulatorHost.Dana[^7..], host.Log);
        Assert.DoesNotContain(SimulatorHost.Sam[^7..], host.Log);
        Assert.DoesNotContain("canary", host.Log);
        Assert.DoesNotContain(SimulatorHost.AuthToken, host.Log);
    }
}
