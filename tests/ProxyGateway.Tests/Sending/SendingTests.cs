using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>Every way that handing a text to Twilio can end.</summary>
[Collection(GatewayGroup.Name)]
public sealed class SendingTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepted_IsSentOnceWithAStatusCallbackOfItsOwn()
    {
        var (sitter, client, _) = await ThreadAsync();

        var decision = await world.DecisionAsync(await world.TextAsync(client, sitter.ReservedNumber!, "Hello"));

        await world.OutboundAsync(sitter.RealNumber, OutboundState.Sent);
        var call = Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
        var sent = await world.Events.WaitForAsync<MessageSent>(sent => sent.InboundMessageId == decision.Id, Token);
        Assert.Equal(
            $"{GatewayHost.PublicBaseUrl}/webhooks/twilio/status?message={sent.MessageId}#rc=5&rp=all",
            call.Request.StatusCallback!.ToString());
        Assert.Equal((decision.Session, MessageDirection.ClientToSitter), (sent.SessionId, sent.Direction));
    }

    [Fact]
    public async Task HandedOver_SoEarlyThatItIsListedBeforeAnotherInstanceMayTakeIt()
    {
        var (sitter, client, _) = await ThreadAsync();

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");
        await world.TextsAsync(sitter.RealNumber);

        // The lease of 20 s, less the 10 s that the call may take and the 5 s until what it did is listed.
        var call = Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
        var claimed = await world.ScalarAsync<DateTime>(
            "SELECT attempted_at FROM gateway.outbound WHERE to_number = $1", sitter.RealNumber.Reveal());
        Assert.True(call.Request.NotAfter <= new DateTimeOffset(claimed) + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task RefusedForAnOptOut_IsRecordedAndTheAuthorIsToldOnce()
    {
        var (sitter, client, pool) = await ThreadAsync();
        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");
        await world.TextsAsync(sitter.RealNumber);
        world.Twilio.Next(client.Reveal(), Misfortune.Refused(21610));

        await world.TextAsync(sitter.RealNumber, pool.Number, "Are you there?");

        await world.OutboundAsync(client, OutboundState.Failed);
        var notice = (await world.TextsAsync(sitter.RealNumber, 2))[1];
        Assert.Equal(pool.Number.Reveal(), notice.From);
        Assert.Contains("opted out", notice.Body, StringComparison.Ordinal);
        var failed = await world.Events.WaitForAsync<MessageFailed>(
            failed => failed.SitterId == sitter.SitterId && failed.Direction == MessageDirection.SitterToClient, Token);
        Assert.Equal((21610, "refused-21610"), (failed.ErrorCode, failed.Reason));
        await world.Events.WaitForAsync<OptOutChanged>(changed => changed.SitterId == sitter.SitterId && changed.OptedOut, Token);

        // From now on Twilio is not even asked, and the author is not told twice within a minute.
        var second = await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, pool.Number, "Hello?"));
        Assert.Equal("opted-out", second.Reason);
        Assert.Single(world.Twilio.CallsTo(client.Reveal()));
        Assert.Equal(2, world.Twilio.CallsTo(sitter.RealNumber.Reveal()).Count);
    }

    [Theory]
    [InlineData(21211)]
    [InlineData(21617)]
    public async Task RefusedForGood_FailsWithoutASecondTry(int code)
    {
        var (sitter, client, _) = await ThreadAsync();
        world.Twilio.Next(sitter.RealNumber.Reveal(), Misfortune.Refused(code));

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");

        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.SitterId == sitter.SitterId, Token);
        Assert.Equal((code, "refused"), (failed.ErrorCode, failed.Outcome));
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.OutboundAsync(sitter.RealNumber, OutboundState.Failed);
        Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
    }

    [Fact]
    public async Task RateLimited_NoInstanceCallsBeforeTheTimeThatTwilioNames()
    {
        var (sitter, client, _) = await ThreadAsync();
        var (other, otherClient, _) = await ThreadAsync();
        world.Twilio.Next(sitter.RealNumber.Reveal(), Misfortune.RateLimited(TimeSpan.FromSeconds(30)));

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");
        await world.OutboundAsync(sitter.RealNumber, OutboundState.Pending);
        await Eventually(async () => await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE to_number = $1 AND state = 0 AND attempts = 1",
            sitter.RealNumber.Reveal()) == 1);
        var until = world.Clock.GetUtcNow() + TimeSpan.FromSeconds(30);
        await world.DecisionAsync(await world.TextAsync(otherClient, other.ReservedNumber!, "Hello", host: 1));
        for (var second = 0; second < 29; second++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.ScalarAsync<int>("SELECT 1");
        }

        Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
        Assert.Empty(world.Twilio.CallsTo(other.RealNumber.Reveal()));
        await world.PassTimeUntilAsync(
            () => Task.FromResult(world.Twilio.AcceptedFor(sitter.RealNumber.Reveal()).Count == 1
                && world.Twilio.AcceptedFor(other.RealNumber.Reveal()).Count == 1),
            "both texts");
        Assert.All(
            world.Twilio.CallsTo(sitter.RealNumber.Reveal()).Skip(1).Concat(world.Twilio.CallsTo(other.RealNumber.Reveal())),
            call => Assert.True(call.At >= until));
    }

    [Fact]
    public async Task OutcomeUnknownButTwilioHasIt_IsFoundAndNotSentAgain()
    {
        var (sitter, client, _) = await ThreadAsync();
        world.Twilio.Next(sitter.RealNumber.Reveal(), Misfortune.AcceptedButUnknown());

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");

        await PassTimeUntilSentAsync(sitter.RealNumber, 1);
        Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
    }

    [Fact]
    public async Task OutcomeUnknownAndTwilioHasItNot_IsSentAgain()
    {
        var (sitter, client, _) = await ThreadAsync();
        world.Twilio.Next(sitter.RealNumber.Reveal(), Misfortune.Lost(), Misfortune.Lost());

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");

        await PassTimeUntilSentAsync(sitter.RealNumber, 1);
        Assert.Single(world.Twilio.AcceptedFor(sitter.RealNumber.Reveal()));
        var calls = world.Twilio.CallsTo(sitter.RealNumber.Reveal());
        Assert.Equal(3, calls.Count);
        Assert.True(calls[1].At - calls[0].At >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task IdenticalTextsInARow_AreEachSentOnceThoughTheirOutcomesWereUnknown()
    {
        var (sitter, client, _) = await ThreadAsync();
        world.Twilio.Next(
            sitter.RealNumber.Reveal(),
            Misfortune.AcceptedButUnknown(),
            Misfortune.Lost(),
            Misfortune.AcceptedButUnknown());

        for (var text = 0; text < 3; text++)
        {
            await world.TextAsync(client, sitter.ReservedNumber!, "ok");
        }

        await PassTimeUntilSentAsync(sitter.RealNumber, 3);
        Assert.Equal(3, world.Twilio.AcceptedFor(sitter.RealNumber.Reveal()).Count);
    }

    [Fact]
    public async Task NeverLeft_IsTriedAgain()
    {
        var (sitter, client, _) = await ThreadAsync();
        world.Twilio.Next(sitter.RealNumber.Reveal(), Misfortune.NotSent(), Misfortune.NotSent());

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");

        await PassTimeUntilSentAsync(sitter.RealNumber, 1);
        Assert.Equal(3, world.Twilio.CallsTo(sitter.RealNumber.Reveal()).Count);
    }

    [Theory]
    [InlineData("Left behind", 0)]
    [InlineData("Sent from your Twilio trial account - Left behind", 0)]
    [InlineData("Sent from somebody else - Left behind", 1)]
    [InlineData(null, 1)]
    public async Task LeftBehindByACrash_IsLookedUpBeforeItIsSent(string? listed, int calls)
    {
        var (sitter, _, pool) = await ThreadAsync();
        if (listed is not null)
        {
            world.Twilio.AddAccepted(pool.Number.Reveal(), sitter.RealNumber.Reveal(), listed);
        }

        var lists = world.Twilio.Lists;
        await InsertLeftBehindAsync(pool, sitter);

        await PassTimeUntilSentAsync(sitter.RealNumber, 1);
        Assert.Equal(calls, world.Twilio.CallsTo(sitter.RealNumber.Reveal()).Count);
        Assert.True(world.Twilio.Lists > lists);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReportThatComesWhileTheTextIsLookedUp_SettlesItAndNothingIsSentTwice(bool isListed)
    {
        var (sitter, _, pool) = await ThreadAsync();
        var to = sitter.RealNumber.Reveal();
        var id = Guid.CreateVersion7();
        var sid = isListed
            ? world.Twilio.AddAccepted(pool.Number.Reveal(), to, "Left behind").Sid
            : Webhook.NewSid();
        world.Twilio.AfterList(to, async () => await world.PostAsync(
            Webhook.OfStatus($"/webhooks/twilio/status?message={id}", sid, "delivered")));
        await InsertLeftBehindAsync(pool, sitter, id);

        await world.PassTimeUntilAsync(
            async () => await world.ScalarAsync<long>(
                "SELECT count(*) FROM gateway.outbound WHERE id = $1 AND state = 7", id) == 1,
            "the report");
        await world.TextAsync((await world.NewBusiness().ClientAsync()).Numbers[0], sitter.ReservedNumber!, "Next");
        await world.PassTimeUntilAsync(
            () => Task.FromResult(world.Twilio.CallsTo(to).Any(call => call.Request.Body!.EndsWith("Next", StringComparison.Ordinal))),
            "the next text");
        Assert.Single(world.Twilio.CallsTo(to));
    }

    [Fact]
    public async Task TakenOverByAnotherInstance_TheFirstOnesEndIsNotRecordedAndNothingIsSentTwice()
    {
        var (sitter, client, _) = await ThreadAsync();
        world.Twilio.BeforeAnswer(sitter.RealNumber.Reveal(), async () => await world.ExecuteAsync(
            "UPDATE gateway.outbound SET attempts = attempts + 1 WHERE to_number = $1", sitter.RealNumber.Reveal()));

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");
        await world.TextsAsync(sitter.RealNumber);

        await world.OutboundAsync(sitter.RealNumber, OutboundState.Sending);
        await PassTimeUntilSentAsync(sitter.RealNumber, 1);
        Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
    }

    [Fact]
    public async Task ReportThatComesBeforeTheAnswer_SettlesTheText()
    {
        var (sitter, client, _) = await ThreadAsync();
        var to = sitter.RealNumber.Reveal();
        world.Twilio.BeforeAnswer(to, async () => await world.PostAsync(Webhook.OfStatus(
            world.Twilio.CallsTo(to)[0].Request.StatusCallback!, world.Twilio.AcceptedFor(to)[0].Sid, "delivered")));

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");

        await world.OutboundAsync(sitter.RealNumber, OutboundState.Delivered);
        await world.Events.WaitForAsync<MessageSent>(sent => sent.SitterId == sitter.SitterId, Token);
        Assert.Single(world.Events.Kept<MessageSent>(), sent => sent.SitterId == sitter.SitterId);
        Assert.Equal(
            world.Twilio.AcceptedFor(to)[0].Sid,
            await world.ScalarAsync<string>("SELECT provider_sid FROM gateway.outbound WHERE to_number = $1", to));
    }

    private async Task<(SitterChanged Sitter, E164Number Client, NumberChanged Pool)> ThreadAsync()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        return (sitter, client.Numbers[0], pool);
    }

    private Task PassTimeUntilSentAsync(E164Number to, long count) => world.PassTimeUntilAsync(
        async () => await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE to_number = $1 AND state = 3 AND provider_sid IS NOT NULL",
            to.Reveal()) == count,
        $"{count} sent texts");

    private Task InsertLeftBehindAsync(NumberChanged pool, SitterChanged sitter, Guid? id = null) => world.ExecuteAsync(
        """
        INSERT INTO gateway.outbound (id, organisation_id, part, direction, sitter_id, from_number, to_number, body, media,
            state, attempts, due_at, created_at)
        VALUES ($1, $2, 0, 0, $3, $4, $5, 'Left behind', '{}', 1, 1, $6, $7)
        """,
        id ?? Guid.CreateVersion7(),
        pool.OrganisationId.Value,
        sitter.SitterId.Value,
        pool.Number.Reveal(),
        sitter.RealNumber.Reveal(),
        world.Clock.GetUtcNow() + TimeSpan.FromSeconds(20),
        world.Clock.GetUtcNow());

    private static Task Eventually(Func<Task<bool>> condition) =>
        TestServers.Eventually.TrueAsync(condition, "what the database shows", Token);
}
