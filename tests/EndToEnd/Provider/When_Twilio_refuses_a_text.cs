using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Provider;

/// <summary>Refusals for good: asked once, marked as failed, and no one else waits.</summary>
public sealed class When_Twilio_refuses_a_text(ProductSystem product) : IAsyncDisposable
{
    [Theory]
    [InlineData(21610)]
    [InlineData(21211)]
    [InlineData(21617)]
    public async Task Should_not_try_again_and_let_others_pass(int code)
    {
        var sitter = await product.Town.AddSitterAsync();
        var clients = await product.Town.AddClientsAsync(2);
        using var driver = new Driver(product);
        var refused = Webhook.Of(driver.Run, 0, sitter, clients[0], "refused");
        var next = Webhook.Of(driver.Run, 1, sitter, clients[0]);
        var other = Webhook.Of(driver.Run, 2, sitter, clients[1]);
        await product.Simulator.AddFaultAsync(new { mode = "e400", code, contains = refused.Id });
        var before = await product.Simulator.LastCallAsync();

        await driver.DriveAsync([refused, other], perSecond: 100);
        await Judge.DrainedAsync(product);
        await driver.DriveAsync([next], perSecond: 100);
        await Judge.DrainedAsync(product);

        var calls = await product.Simulator.CallsAsync(before);
        Assert.Single(calls, call => call.Operation == "send" && call.Code == code);
        Assert.Equal(code, await Until.ReadAsync<int>(
            product, $"SELECT error_code FROM gateway.outbound WHERE state = 5 AND body LIKE '%{refused.Id}%'"));
        var relayed = (await Judge.RelayedAsync(product, driver)).Select(text => text.Id).ToList();
        var told = await product.Simulator.AcceptedForAsync(clients[0].Real);
        Assert.Contains(other.Id, relayed);
        Assert.DoesNotContain(refused.Id, relayed);
        if (code == 21610)
        {
            // The sitter's opt-out is remembered: the next text is not even tried, and its author is told, but not at once again.
            Assert.DoesNotContain(next.Id, relayed);
            Assert.Contains("opted out", Assert.Single(told).Body, StringComparison.Ordinal);
            Assert.Equal(sitter.Reserved, told[0].From);
        }
        else
        {
            Assert.Contains(next.Id, relayed);
            Assert.Empty(told);
        }

        await Judge.QueuesAreEmptyAsync(product);
    }

    [Fact]
    public async Task Should_keep_every_text_and_tell_the_owner_when_it_refuses_the_whole_account()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        await product.Simulator.AddFaultAsync(new { mode = "e401" });

        await driver.DriveAsync(Webhook.Round(driver.Run, 60, crowd), perSecond: 50);
        await Until.QueryAsync(
            product,
            "SELECT count(*) > 0 FROM alerts.emails WHERE template = 'account-blocked' AND topic = '20003'",
            "the owner's e-mail");
        await product.Simulator.ClearFaultsAsync();

        await Judge.ExactlyOnceAsync(product, driver);
    }

    public async ValueTask DisposeAsync() => await product.Simulator.ClearFaultsAsync();
}
