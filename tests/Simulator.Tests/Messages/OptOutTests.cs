using System.Net;

namespace PhoneMasking.Simulator.Tests.Messages;

public sealed class OptOutTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData(" stop ")]
    [InlineData("Unsubscribe")]
    [InlineData("REVOKE")]
    public async Task Send_AfterStop_Is21610UntilStart(string word)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.TextAsync(word);

        var (status, error) = await host.PostAsync(
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.OwnNumber),
            ("Body", "x"));
        await host.TextAsync("START");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(21610, error.GetProperty("code").GetInt32());
        await host.SendAsync("again");
        await host.SendAsync("Sam never said stop", SimulatorHost.Sam);
    }

    [Fact]
    public async Task Stop_IsConfirmedToTheHandsetAndPostedToTheWebhook()
    {
        await using var host = await SimulatorHost.StartAsync();

        var text = await host.TextAsync("STOP");

        Assert.Equal(204, text.GetProperty("webhookStatus").GetInt32());
        Assert.Equal("STOP", (await host.Receiver.NextAsync())["Body"]);
        var deliveries = await host.EventuallyAsync("/simulator/api/deliveries", list => list.GetArrayLength() == 1);
        Assert.Contains("unsubscribed", deliveries[0].GetProperty("message").GetProperty("body").GetString());
    }

    [Fact]
    public async Task Text_ThatOnlyContainsAWord_IsNoOptOut()
    {
        await using var host = await SimulatorHost.StartAsync();

        await host.TextAsync("Please stop by at noon");

        await host.SendAsync("Will do");
    }
}
