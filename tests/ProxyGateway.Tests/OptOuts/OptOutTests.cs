using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.OptOuts;

/// <summary>Nothing is sent to who opted out, and whoever writes to them is told.</summary>
[Collection(GatewayGroup.Name)]
public sealed class OptOutTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("STOP", true)]
    [InlineData(" stop\n", true)]
    [InlineData("Unsubscribe", true)]
    [InlineData("START", false)]
    [InlineData("unstop", false)]
    [InlineData("Please stop by at 5", null)]
    [InlineData("HELP", null)]
    [InlineData("", null)]
    public void Read_KnowsTwiliosWordsAsTheWholeTextOnly(string body, bool? expected) =>
        Assert.Equal(expected, OptOutWords.Read(body));

    [Fact]
    public async Task ClientOptsOut_GetsNothingMoreUntilTheyOptInAgain_AndTheSitterIsTold()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));
        await world.TextsAsync(sitter.RealNumber);

        var stop = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "STOP"));
        var refused = await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Are you there?"));
        var told = (await world.TextsAsync(sitter.RealNumber, 2))[1];

        Assert.Equal((InboundState.NotRelayed, "opt-out-word"), (stop.State, stop.Reason));
        Assert.Equal((InboundState.NotRelayed, "opted-out"), (refused.State, refused.Reason));
        Assert.Equal(pool.Number.Reveal(), told.From);
        Assert.Contains("opted out", told.Body, StringComparison.Ordinal);
        Assert.Empty(world.Twilio.CallsTo(client.Numbers[0].Reveal()));
        var change = await world.Events.WaitForAsync<OptOutChanged>(change => change.MessageId == stop.Id, Token);
        Assert.Equal((true, client.ClientId, sitter.SitterId), (change.OptedOut, change.ClientId, change.SitterId));

        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "START"));
        await world.TextAsync(sitter.RealNumber, pool.Number, "Welcome back");

        Assert.Equal("Welcome back", Assert.Single(await world.TextsAsync(client.Numbers[0])).Body);
    }

    [Fact]
    public async Task BothHaveOptedOut_NeitherIsSentAnything()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));
        await world.TextsAsync(sitter.RealNumber);
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "STOP"));
        await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "STOP"));

        var one = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello?"));
        var other = await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Hello?"));

        Assert.Equal(("opted-out", "opted-out"), (one.Reason, other.Reason));
        Assert.Equal(0, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE inbound_id IN ($1, $2)", one.Id.Value, other.Id.Value));
    }

    [Fact]
    public async Task TwoMachinesThatAnswerEachOther_AreToldOnceInAMinute()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        for (var text = 0; text < 5; text++)
        {
            await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, sitter.ReservedNumber!, "Automatic answer"));
        }

        await world.TextsAsync(sitter.RealNumber);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.TextAsync(sitter.RealNumber, sitter.ReservedNumber!, "Automatic answer");

        Assert.Equal(2, (await world.TextsAsync(sitter.RealNumber, 2)).Count);
    }
}
