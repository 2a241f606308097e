using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

/// <summary>The order of a conversation holds, whatever the number of instances.</summary>
[Collection(GatewayGroup.Name)]
public sealed class OrderTests(GatewayWorld world)
{
    private const int Count = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoHundredTextsOfOneConversationOnTwoInstances_ArriveInOrder(bool firstSendFails)
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");
        if (firstSendFails)
        {
            world.Twilio.Next(sitter.RealNumber.Reveal(), Misfortune.Lost());
        }

        for (var text = 0; text < Count; text++)
        {
            await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, $"{text}", host: text % 2);
        }

        await world.PassTimeUntilAsync(
            () => Task.FromResult(world.Twilio.AcceptedFor(sitter.RealNumber.Reveal()).Count >= Count),
            "all texts");
        Assert.Equal(
            Enumerable.Range(0, Count).Select(text => $"[Maria]: {text}"),
            world.Twilio.AcceptedFor(sitter.RealNumber.Reveal()).Select(text => text.Body!));
    }
}
