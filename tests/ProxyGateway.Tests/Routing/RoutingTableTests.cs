using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

/// <summary>Each row of the routing table, from the webhook to what Twilio is asked to send.</summary>
[Collection(GatewayGroup.Name)]
public sealed class RoutingTableTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReservedNumber_UnknownSender_IsRelayedUnderANeutralLabelAndAnnounced()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var stranger = FictionNumbers.Next();

        var first = await world.TextAsync(stranger, sitter.ReservedNumber!, "Do you have time?");
        await world.TextsAsync(sitter.RealNumber);
        await world.TextAsync(stranger, sitter.ReservedNumber!, "Hello?", host: 1);

        var texts = await world.TextsAsync(sitter.RealNumber, 2);
        var label = $"[Client {stranger.LastTwoDigits}]: ";
        Assert.Equal([$"{label}Do you have time?", $"{label}Hello?"], texts.Select(text => text.Body!));
        Assert.All(texts, text => Assert.Equal(pool.Number.Reveal(), text.From));
        var seen = await world.Events.WaitForAsync<UnknownSenderSeen>(seen => seen.Number == stranger, Token);
        Assert.Equal((business.Organisation, sitter.SitterId), (seen.OrganisationId, seen.SitterId));
        Assert.Single(world.Events.Kept<UnknownSenderSeen>(), other => other.Number == stranger);
        Assert.True(await world.ScalarAsync<bool>("SELECT provisional FROM gateway.clients WHERE id = $1", seen.ClientId.Value));
        Assert.Equal(InboundState.Relayed, (await world.DecisionAsync(first)).State);
    }

    [Fact]
    public async Task ReservedNumber_ItsOwnSitter_GetsAnExplanation()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();

        var webhook = await world.TextAsync(sitter.RealNumber, sitter.ReservedNumber!, "Hello?");

        await AssertExplainedAsync(webhook, sitter, sitter.ReservedNumber!, "own-reserved-number");
    }

    [Fact]
    public async Task PoolNumber_SitterWhoNeverHadASessionOnIt_GetsAnExplanation()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();

        var webhook = await world.TextAsync(sitter.RealNumber, pool.Number, "Hello?");

        await AssertExplainedAsync(webhook, sitter, pool.Number, "no-session");
    }

    [Fact]
    public async Task PoolNumber_SitterAnswersAnEndedThreadOfOneClient_ReopensIt()
    {
        var (sitter, pool, client, session) = await EndedThreadAsync();

        var webhook = await world.TextAsync(sitter.RealNumber, pool.Number, "One more thing");

        Assert.Equal(session, (await world.DecisionAsync(webhook)).Session);
        var text = Assert.Single(await world.TextsAsync(client.Numbers[0]));
        Assert.Equal(("One more thing", sitter.ReservedNumber!.Reveal()), (text.Body, text.From));
        await world.Events.WaitForAsync<SessionOpened>(opened => opened.SessionId == session && opened.Reopened, Token);
    }

    [Fact]
    public async Task PoolNumber_SitterAnswersAnEndedThreadOfTwoClients_GetsAnExplanation()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        foreach (var name in (string[])["Maria", "Tom"])
        {
            var client = await business.ClientAsync(name);
            await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));
            await EndSessionsAsync(sitter);
        }

        var webhook = await world.TextAsync(sitter.RealNumber, pool.Number, "Who is this?");

        await AssertExplainedAsync(webhook, sitter, pool.Number, "ambiguous-session");
    }

    [Fact]
    public async Task PoolNumber_Stranger_LearnsNothing()
    {
        var business = world.NewBusiness();
        var pool = await business.PoolNumberAsync();
        var stranger = FictionNumbers.Next();

        var webhook = await world.TextAsync(stranger, pool.Number, "Who is this?");

        await AssertStoredAndAuditedAsync(webhook, "stranger-on-pool-number", business.Organisation, stranger);
    }

    [Fact]
    public async Task PoolNumber_ClientWhoseSessionUsesIt_LearnsNothing()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));

        var webhook = await world.TextAsync(client.Numbers[0], pool.Number, "Who is this?");

        await AssertStoredAndAuditedAsync(webhook, "stranger-on-pool-number", business.Organisation, client.Numbers[0]);
    }

    [Fact]
    public async Task StandbyNumber_Anyone_IsStoredAndAudited()
    {
        var business = world.NewBusiness();
        var standby = await business.NumberAsync(NumberLifecycle.StandbyReserved);
        var sender = FictionNumbers.Next();

        var webhook = await world.TextAsync(sender, standby.Number, "Hello");

        await AssertStoredAndAuditedAsync(webhook, "standby-number", business.Organisation, sender);
    }

    [Fact]
    public async Task NumberThatIsNotOurs_Anyone_IsStoredAndAudited()
    {
        var sender = FictionNumbers.Next();

        var webhook = await world.TextAsync(sender, FictionNumbers.Next(), "Hello");

        await AssertStoredAndAuditedAsync(webhook, "unknown-number", OrganisationId.Default, sender);
    }

    [Theory]
    [InlineData("262966")]
    [InlineData("Bank")]
    [InlineData("anonymous")]
    public async Task ReservedNumber_SenderWhoCannotBeAnswered_IsStoredAndAudited(string sender)
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();

        var webhook = await world.PostAsync(Webhook.OfText(sender, sitter.ReservedNumber!.Reveal(), "Your code"));

        var decision = await world.DecisionAsync(webhook);
        Assert.Equal((InboundState.NotRelayed, "unusable-sender"), (decision.State, decision.Reason));
        Assert.Empty(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
    }

    [Fact]
    public async Task ReservedNumber_ClientWithTwoPhones_HasOneSessionAnsweredToThePhoneUsedLast()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync("Jane Doe", FictionNumbers.Next(), FictionNumbers.Next());

        var one = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "From home"));
        var two = await world.DecisionAsync(await world.TextAsync(client.Numbers[1], sitter.ReservedNumber!, "From work"));
        var from = (await world.TextsAsync(sitter.RealNumber, 2)).Select(text => text.From).Distinct();
        await world.TextAsync(sitter.RealNumber, E164Number.Parse(Assert.Single(from)!), "Hello Jane");

        Assert.Equal(one.Session, two.Session);
        Assert.Single(await world.TextsAsync(client.Numbers[1]));
        Assert.Empty(world.Twilio.CallsTo(client.Numbers[0].Reveal()));
        Assert.NotNull(pool);
    }

    [Fact]
    public async Task Pictures_GoThroughInBothDirections()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");

        await world.TextAsync(
            client.Numbers[0], sitter.ReservedNumber!, "", media: ["https://media.example.com/1", "https://media.example.com/2"]);
        await world.TextsAsync(sitter.RealNumber);
        await world.TextAsync(sitter.RealNumber, pool.Number, "", media: ["https://media.example.com/3"]);
        await world.TextsAsync(client.Numbers[0]);

        var toSitter = Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal())).Request;
        Assert.Equal(["https://media.example.com/1", "https://media.example.com/2"], toSitter.MediaUrls.Select(url => url.ToString()));
        Assert.Equal("[Maria]: ", toSitter.Body);
        var toClient = Assert.Single(world.Twilio.CallsTo(client.Numbers[0].Reveal())).Request;
        Assert.Equal(["https://media.example.com/3"], toClient.MediaUrls.Select(url => url.ToString()));
        Assert.Null(toClient.Body);
    }

    [Fact]
    public async Task TextThatNoLongerFitsBehindThePrefix_IsSplitAndNothingIsLost()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");
        var body = string.Concat(Enumerable.Repeat("walked 👩‍👩‍👧 ", 200))[..1600];

        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, body);

        var texts = await world.TextsAsync(sitter.RealNumber, 2);
        Assert.All(texts, text => Assert.InRange(text.Body!.Length, 1, 1600));
        Assert.All(texts, text => Assert.StartsWith("[Maria]: ", text.Body, StringComparison.Ordinal));
        Assert.Equal(body, string.Concat(texts.Select(text => text.Body!["[Maria]: ".Length..])));
    }

    private async Task<(SitterChanged Sitter, NumberChanged Pool, ClientChanged Client, SessionId Session)> EndedThreadAsync()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        var decision = await world.DecisionAsync(
            await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));
        await EndSessionsAsync(sitter);
        return (sitter, pool, client, decision.Session!.Value);
    }

    // As the expiry job does; the time to live has tests of its own.
    private Task EndSessionsAsync(SitterChanged sitter) => world.ExecuteAsync(
        "UPDATE gateway.sessions SET open = false, closed_at = expires_at, closed_reason = 'expired' WHERE sitter_id = $1",
        sitter.SitterId.Value);

    private async Task AssertExplainedAsync(Webhook webhook, SitterChanged sitter, E164Number from, string reason)
    {
        await TestServers.Eventually.TrueAsync(
            () => Task.FromResult(world.Twilio.AcceptedFor(sitter.RealNumber.Reveal())
                .Any(text => text.From == from.Reveal() && !text.Body!.StartsWith('['))),
            "the explanation",
            Token);
        var decision = await world.DecisionAsync(webhook);
        Assert.Equal((InboundState.NotRelayed, reason), (decision.State, decision.Reason));
        var audited = await world.Events.WaitForAsync<MessageNotRelayed>(told => told.MessageId == decision.Id, Token);
        Assert.Equal((reason, sitter.SitterId), (audited.Reason, audited.SitterId));
    }

    private async Task AssertStoredAndAuditedAsync(
        Webhook webhook,
        string reason,
        OrganisationId organisation,
        E164Number sender)
    {
        var decision = await world.DecisionWithoutNewsAsync(webhook);
        Assert.Equal((InboundState.NotRelayed, reason), (decision.State, decision.Reason));
        var audited = await world.Events.WaitForAsync<MessageNotRelayed>(told => told.MessageId == decision.Id, Token);
        Assert.Equal((reason, organisation), (audited.Reason, audited.OrganisationId));
        Assert.Empty(world.Twilio.CallsTo(sender.Reveal()));
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT count(*) FROM gateway.outbound WHERE inbound_id = $1", decision.Id.Value));
    }
}
