using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.OptOuts;

/// <summary>Twilio keeps the opt-outs of a Messaging Service for all of its numbers, a STOP and a START alike.</summary>
[Collection(GatewayGroup.Name)]
public sealed class SharedOptOutTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartToAnotherNumber_EndsWhatOnlyTwilioSaid()
    {
        var (first, second, client, pool) = await TwoSittersAsync();
        await WriteAsync(client.Numbers[0], first.ReservedNumber!, "STOP");
        await RefusedAsync(second, client, pool);
        var muted = await WriteAsync(second.RealNumber, pool.Number, "Hello?");

        await WriteAsync(client.Numbers[0], first.ReservedNumber!, "START");
        var next = await WriteAsync(second.RealNumber, pool.Number, "Welcome back");

        Assert.Equal((InboundState.NotRelayed, "opted-out"), (muted.State, muted.Reason));
        Assert.Equal((InboundState.Relayed, null), (next.State, next.Reason));
        Assert.Equal("Welcome back", Assert.Single(await world.TextsAsync(client.Numbers[0])).Body);
    }

    [Fact]
    public async Task RefusalAfterAStartToAnotherNumber_HoldsAgain()
    {
        var (first, second, client, pool) = await TwoSittersAsync();
        await RefusedAsync(second, client, pool);
        await WriteAsync(client.Numbers[0], first.ReservedNumber!, "START");

        await RefusedAsync(second, client, pool);

        Assert.Equal("opted-out", (await WriteAsync(second.RealNumber, pool.Number, "Hello?")).Reason);
        Assert.Equal(2, world.Events.Kept<OptOutChanged>().Count(change => change.SitterId == second.SitterId));
    }

    [Fact]
    public async Task StartToAnotherNumber_DoesNotEndWhatThePersonWrote()
    {
        var (first, second, client, pool) = await TwoSittersAsync();
        await WriteAsync(client.Numbers[0], second.ReservedNumber!, "STOP");

        await WriteAsync(client.Numbers[0], first.ReservedNumber!, "START");

        Assert.Equal("opted-out", (await WriteAsync(second.RealNumber, pool.Number, "Hello?")).Reason);
    }

    [Fact]
    public async Task StartToAnotherNumberWhileARefusalIsOnItsWay_TheClientGetsWhatIsWrittenNext()
    {
        var (first, second, client, pool) = await TwoSittersAsync();
        var to = client.Numbers[0].Reveal();
        world.Twilio.Next(to, Misfortune.Refused(21610));
        world.Twilio.BeforeAnswer(to, () => WriteAsync(client.Numbers[0], first.ReservedNumber!, "START"));
        await WriteAsync(second.RealNumber, pool.Number, "Are you there?");
        await world.OutboundAsync(client.Numbers[0], OutboundState.Failed);

        var next = await WriteAsync(second.RealNumber, pool.Number, "Welcome back");

        Assert.Equal((InboundState.Relayed, null), (next.State, next.Reason));
    }

    [Fact]
    public async Task StartOfSomebodyElse_EndsNothing()
    {
        var (first, second, client, pool) = await TwoSittersAsync();
        await RefusedAsync(second, client, pool);

        await WriteAsync(FictionNumbers.Next(), first.ReservedNumber!, "START");

        Assert.Equal("opted-out", (await WriteAsync(second.RealNumber, pool.Number, "Hello?")).Reason);
    }

    // Both sitters are in touch with the client.
    private async Task<(SitterChanged First, SitterChanged Second, ClientChanged Client, NumberChanged Pool)> TwoSittersAsync()
    {
        var business = world.NewBusiness();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        var (first, second) = (await business.SitterAsync(), await business.SitterAsync("Ben"));
        await WriteAsync(client.Numbers[0], first.ReservedNumber!, "Hello");
        await WriteAsync(client.Numbers[0], second.ReservedNumber!, "Hello");
        return (first, second, client, pool);
    }

    private async Task RefusedAsync(SitterChanged sitter, ClientChanged client, NumberChanged pool)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var before = world.Events.Kept<OptOutChanged>().Count(change => change.SitterId == sitter.SitterId);
        world.Twilio.Next(client.Numbers[0].Reveal(), Misfortune.Refused(21610));
        await WriteAsync(sitter.RealNumber, pool.Number, "Are you there?");
        await TestServers.Eventually.TrueAsync(
            () => Task.FromResult(
                world.Events.Kept<OptOutChanged>().Count(change => change.SitterId == sitter.SitterId) == before + 1),
            "the refusal to be told",
            Token);
    }

    private async Task<Decision> WriteAsync(E164Number from, E164Number to, string body)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        return await world.DecisionAsync(await world.TextAsync(from, to, body));
    }
}
