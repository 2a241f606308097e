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

    [Theory]
    [InlineData("Arrêt", "STOP", true)]
    [InlineData("Oui", "START", false)]
    [InlineData("STOP", "HELP", null)]
    [InlineData("STOP", "", true)]
    [InlineData("Hello", "OTHER", null)]
    public void Read_BelievesTwilioBeforeTheWord(string body, string type, bool? expected) =>
        Assert.Equal(expected, OptOutWords.Read(body, type));

    [Fact]
    public async Task ClientOptsOutAndInAgain_TheSitterIsToldAtOnceInTheClientsThread()
    {
        var business = world.NewBusiness();
        var (sitter, client, pool) = await ThreadAsync(business);

        var stop = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "STOP"));
        var stopped = (await world.TextsAsync(sitter.RealNumber, 2))[1];
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "START"));
        var started = (await world.TextsAsync(sitter.RealNumber, 3))[2];

        Assert.Equal((InboundState.NotRelayed, "opt-out-word"), (stop.State, stop.Reason));
        Assert.Equal((pool.Number.Reveal(), pool.Number.Reveal()), (stopped.From, started.From));
        Assert.Contains("opted out", stopped.Body, StringComparison.Ordinal);
        Assert.Contains("again", started.Body, StringComparison.Ordinal);
        Assert.Empty(world.Twilio.CallsTo(client.Numbers[0].Reveal()));
        var change = await world.Events.WaitForAsync<OptOutChanged>(change => change.MessageId == stop.Id, Token);
        Assert.Equal((true, client.ClientId, sitter.SitterId), (change.OptedOut, change.ClientId, change.SitterId));
    }

    [Fact]
    public async Task SitterOptsOutOfAThread_TheClientIsToldAtOnceByTheReservedNumber()
    {
        var business = world.NewBusiness();
        var (sitter, client, pool) = await ThreadAsync(business);

        await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "STOP"));

        var told = Assert.Single(await world.TextsAsync(client.Numbers[0]));
        Assert.Equal(sitter.ReservedNumber!.Reveal(), told.From);
        Assert.Contains("opted out", told.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientOptsOutWithAPhoneThatIsNotTheThreads_TheSitterIsToldNothing()
    {
        var business = world.NewBusiness();
        var client = await business.ClientAsync("Maria", FictionNumbers.Next(), FictionNumbers.Next());
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));

        var stop = await world.DecisionAsync(await world.TextAsync(client.Numbers[1], sitter.ReservedNumber!, "STOP"));

        Assert.Equal(0, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE inbound_id = $1", stop.Id.Value));
    }

    [Fact]
    public async Task ClientOptsOut_GetsNothingMoreUntilTheyOptInAgain_AndTheSitterWhoWritesIsTold()
    {
        var business = world.NewBusiness();
        var (sitter, client, pool) = await ThreadAsync(business);
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "STOP"));
        await world.TextsAsync(sitter.RealNumber, 2);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var refused = await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Are you there?"));
        var told = (await world.TextsAsync(sitter.RealNumber, 3))[2];

        Assert.Equal((InboundState.NotRelayed, "opted-out"), (refused.State, refused.Reason));
        Assert.Equal(pool.Number.Reveal(), told.From);
        Assert.Contains("was not delivered", told.Body, StringComparison.Ordinal);
        Assert.Empty(world.Twilio.CallsTo(client.Numbers[0].Reveal()));

        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "START"));
        await world.TextAsync(sitter.RealNumber, pool.Number, "Welcome back");

        Assert.Equal("Welcome back", Assert.Single(await world.TextsAsync(client.Numbers[0])).Body);
    }

    [Fact]
    public async Task BothHaveOptedOut_NeitherIsSentAnything()
    {
        var (sitter, client, pool) = await ThreadAsync(world.NewBusiness());
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

    [Fact]
    public async Task ClientOptsInAndOutAgain_TheSitterWhoWritesIsToldWhateverSheWasToldAMomentAgo()
    {
        var (sitter, client, pool) = await ThreadAsync(world.NewBusiness());
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "STOP"));
        await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Are you there?"));
        await world.TextsAsync(sitter.RealNumber, 3);
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "START"));
        await world.TextsAsync(sitter.RealNumber, 4);
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "STOP"));
        await world.TextsAsync(sitter.RealNumber, 5);
        await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Good to have you back"));

        var told = await world.TextsAsync(sitter.RealNumber, 6);

        Assert.Contains("has just opted out", told[4].Body, StringComparison.Ordinal);
        Assert.Contains("was not delivered", told[5].Body, StringComparison.Ordinal);
    }

    /// <summary>With Advanced Opt-Out the words are the account's own, in any language; Twilio says which they are.</summary>
    [Fact]
    public async Task WordsOfTheAccountsOwn_CountAsTwilioSays()
    {
        var (sitter, client, pool) = await ThreadAsync(world.NewBusiness());

        var stop = await WriteAsync("Arrêt", "STOP");
        var refused = await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Are you there?"));
        var help = await WriteAsync("Aide", "HELP");
        var start = await WriteAsync("Oui", "START");
        await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Welcome back"));

        Assert.Equal(("opt-out-word", "opt-out-word"), (stop.Reason, start.Reason));
        Assert.Equal("opted-out", refused.Reason);
        Assert.Equal(InboundState.Relayed, help.State);
        Assert.Equal("Welcome back", Assert.Single(await world.TextsAsync(client.Numbers[0])).Body);

        async Task<Decision> WriteAsync(string word, string type)
        {
            var text = Webhook.OfText(client.Numbers[0].Reveal(), sitter.ReservedNumber!.Reveal(), word);
            return await world.DecisionAsync(
                await world.PostAsync(text with { Parameters = [.. text.Parameters, new("OptOutType", type)] }));
        }
    }

    // A client's first text has opened the thread.
    private async Task<(SitterChanged Sitter, ClientChanged Client, NumberChanged Pool)> ThreadAsync(Business business)
    {
        var thread = (Sitter: await business.SitterAsync(), Client: await business.ClientAsync(), Pool: await business.PoolNumberAsync());
        await world.DecisionAsync(await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, "Hello"));
        await world.TextsAsync(thread.Sitter.RealNumber);
        return thread;
    }
}
