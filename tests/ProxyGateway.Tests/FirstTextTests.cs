using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests;

[Collection(GatewayGroup.Name)]
public sealed class FirstTextTests(GatewayWorld world)
{
    [Fact]
    public async Task KnownClient_TextsAReservedNumberAndIsAnswered_BothSeeMaskedNumbersOnly()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var client = await business.ClientAsync("Maria Lopez");
        var pool = await business.PoolNumberAsync();

        var webhook = await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Is Rex fine?");

        var decision = await world.DecisionAsync(webhook);
        Assert.Equal((InboundState.Relayed, null), (decision.State, decision.Reason));
        var relayed = Assert.Single(await world.TextsAsync(sitter.RealNumber));
        Assert.Equal("[Maria Lopez]: Is Rex fine?", relayed.Body);
        Assert.Equal(pool.Number.Reveal(), relayed.From);
        var opened = await world.Events.WaitForAsync<SessionOpened>(
            opened => opened.SessionId == decision.Session, TestContext.Current.CancellationToken);
        Assert.Equal((client.ClientId, sitter.SitterId, pool.NumberId), (opened.ClientId, opened.SitterId, opened.NumberId));

        await world.TextAsync(sitter.RealNumber, pool.Number, "Yes, he sleeps.");

        var answer = Assert.Single(await world.TextsAsync(client.Numbers[0]));
        Assert.Equal("Yes, he sleeps.", answer.Body);
        Assert.Equal(sitter.ReservedNumber!.Reveal(), answer.From);
    }
}
