using System.Net;

namespace PhoneMasking.Simulator.Tests.Account;

public sealed class AccountTests
{
    private const string Fetch = $"{SimulatorHost.Account}.json";

    [Fact]
    public async Task Account_AtFirst_IsActiveAndFull()
    {
        await using var host = await SimulatorHost.StartAsync();

        var account = await host.GetAsync(Fetch);

        Assert.Equal(("active", "Full"), (
            account.GetProperty("status").GetString(),
            account.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("closed")]
    public async Task Account_NotActive_ShowsItselfAndRefusesTheRest(string status)
    {
        await using var host = await SimulatorHost.StartAsync();

        await host.ControlAsync(HttpMethod.Put, "/account", new { status });

        Assert.Equal(status, (await host.GetAsync(Fetch)).GetProperty("status").GetString());
        var refused = await host.PostAsync("/messaging/v1/Services", ("FriendlyName", "x"));
        Assert.Equal((HttpStatusCode.Unauthorized, 20003), (refused.Status, SimulatorHost.CodeOf(refused)));
        await host.ControlAsync(HttpMethod.Put, "/account", new { status = "active" });
        await host.SendAsync("works again");
    }

    [Fact]
    public async Task Account_SuspendedWithMessagesQueued_FailsThem()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Messages:SentAfter", "00:00:00.300"));
        var sid = await host.SendAsync("queued");

        await host.ControlAsync(HttpMethod.Put, "/account", new { status = "suspended" });

        var messages = await host.EventuallyAsync(
            "/simulator/api/messages",
            list => list[0].GetProperty("status").GetString() == "failed");
        Assert.Equal((sid, 30002), (
            messages[0].GetProperty("sid").GetString(),
            messages[0].GetProperty("errorCode").GetInt32()));
    }

    [Fact]
    public async Task Trial_BuysNoSecondNumber_AndTextsNoStranger()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Put, "/account", new { type = "trial" });

        var buy = await host.PostAsync("/IncomingPhoneNumbers.json", ("AreaCode", "720"));
        var text = await host.PostAsync(
            "/Messages.json", ("To", "+13035550177"), ("From", SimulatorHost.OwnNumber), ("Body", "x"));

        Assert.Equal((21404, 21608), (SimulatorHost.CodeOf(buy), SimulatorHost.CodeOf(text)));
        await host.SendAsync("to somebody known");
    }

    [Fact]
    public async Task Restricted_BuysNothing()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Put, "/account", new { restricted = true });

        Assert.Equal(
            22300, SimulatorHost.CodeOf(await host.PostAsync("/IncomingPhoneNumbers.json", ("AreaCode", "720"))));
    }
}
