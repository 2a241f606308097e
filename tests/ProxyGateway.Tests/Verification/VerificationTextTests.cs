using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Verification;

/// <summary>The test text of a number: asked for over the bus, sent like any text, and part of no conversation.</summary>
[Collection(GatewayGroup.Name)]
public sealed class VerificationTextTests(GatewayWorld world)
{
    private static readonly OrganisationId Organisation = OrganisationId.Default;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_FromANumberThatIsNotReady_IsSentAndFollowedUntilItArrived()
    {
        var business = world.NewBusiness();
        var number = await business.NumberAsync(NumberLifecycle.StandbyReserved, status: NumberStatus.Pending);
        var request = new SendVerificationText(
            business.Organisation, NewId(), number.NumberId, number.Number, FictionNumbers.Next());

        var asked = await SendAsync(request);
        var call = Assert.Single(await CallsAsync(request.To));
        await UntilAsync(request, VerificationTextProgress.Sent);
        var sid = world.Twilio.AcceptedFor(request.To.Reveal()).Single().Sid;
        await world.PostAsync(Webhook.OfStatus(call.Request.StatusCallback!, sid, "delivered"), host: 1);

        Assert.InRange(asked.Progress, VerificationTextProgress.Waiting, VerificationTextProgress.Sent);
        Assert.Equal(request.From.Reveal(), call.Request.From);
        Assert.DoesNotContain(call.Request.Body!, char.IsAsciiDigit);
        await UntilAsync(request, VerificationTextProgress.Delivered);
        var sent = await world.Events.WaitForAsync<MessageSent>(sent => sent.MessageId == request.MessageId, Token);
        Assert.Equal(
            (MessageDirection.Verification, (SessionId?)null, (SitterId?)null, (ClientId?)null),
            (sent.Direction, sent.SessionId, sent.SitterId, sent.ClientId));
        await world.Events.WaitForAsync<MessagesDelivered>(
            told => told.Texts.Any(text => text.MessageId == request.MessageId), Token);
    }

    [Fact]
    public async Task Send_SameMessageIdManyTimesAtOnce_SendsOneText()
    {
        var request = NewRequest();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(request)));
        await UntilAsync(request, VerificationTextProgress.Sent);
        var again = await SendAsync(request);

        Assert.Equal(VerificationTextProgress.Sent, again.Progress);
        Assert.Single(world.Twilio.CallsTo(request.To.Reveal()));
    }

    [Theory]
    [InlineData("undelivered", 30003)]
    [InlineData("failed", 30008)]
    public async Task Send_ReportedAsFailed_SaysSoWithTwiliosCode(string status, int code)
    {
        var request = NewRequest();
        await SendAsync(request);
        await UntilAsync(request, VerificationTextProgress.Sent);
        var sid = world.Twilio.AcceptedFor(request.To.Reveal()).Single().Sid;

        await world.PostAsync(Webhook.OfStatus(
            world.Twilio.CallsTo(request.To.Reveal())[0].Request.StatusCallback!, sid, status, code));

        await UntilAsync(request, VerificationTextProgress.Failed);
        Assert.Equal(code, (await ReadAsync(request)).ErrorCode);
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == request.MessageId, Token);
        Assert.Equal(MessageDirection.Verification, failed.Direction);
    }

    [Fact]
    public async Task Send_RefusedByTwilioForAnOptOut_HasFailedAndNobodyIsTold()
    {
        var request = NewRequest();
        world.Twilio.Next(request.To.Reveal(), Misfortune.Refused(21610));

        await SendAsync(request);

        await UntilAsync(request, VerificationTextProgress.Failed);
        Assert.Equal(21610, (await ReadAsync(request)).ErrorCode);
        Assert.Equal(1, await TextsAsync(request));
    }

    [Fact]
    public async Task Send_TestPhoneThatOptedOut_HasFailedWithoutAskingTwilio()
    {
        var request = NewRequest();
        await world.ExecuteAsync(
            "INSERT INTO gateway.opt_outs VALUES ($1, $2, $3, now())",
            request.From.Reveal(),
            request.To.Reveal(),
            Organisation.Value);

        var state = await SendAsync(request);

        Assert.Equal(new VerificationTextState(VerificationTextProgress.Failed, 21610), state);
        Assert.Empty(world.Twilio.CallsTo(request.To.Reveal()));
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == request.MessageId, Token);
        Assert.Equal("opted-out", failed.Outcome);
    }

    [Fact]
    public async Task Send_TestPhoneThatOptedInAgain_IsSent()
    {
        var request = NewRequest();
        await world.ExecuteAsync(
            "INSERT INTO gateway.opt_outs (our_number, number, organisation_id, opted_in_at) VALUES ($1, $2, $3, now())",
            request.From.Reveal(),
            request.To.Reveal(),
            Organisation.Value);

        await SendAsync(request);

        await UntilAsync(request, VerificationTextProgress.Sent);
    }

    [Fact]
    public async Task Send_OptOutOfSomebodyElse_DoesNotMatter()
    {
        var request = NewRequest();
        await world.ExecuteAsync(
            "INSERT INTO gateway.opt_outs VALUES ($1, $2, $3, now())",
            request.From.Reveal(),
            FictionNumbers.Next().Reveal(),
            Organisation.Value);

        await SendAsync(request);

        await UntilAsync(request, VerificationTextProgress.Sent);
    }

    [Fact]
    public async Task Send_OutcomeUnknown_IsLookedUpAndNotSentTwice()
    {
        var request = NewRequest();
        world.Twilio.Next(request.To.Reveal(), Misfortune.AcceptedButUnknown());

        await SendAsync(request);
        await world.PassTimeUntilAsync(
            async () => (await ReadAsync(request)).Progress == VerificationTextProgress.Sent, "the look-up");

        Assert.Single(world.Twilio.AcceptedFor(request.To.Reveal()));
    }

    [Fact]
    public async Task Read_UnknownOrAnotherOrganisations_IsRefused()
    {
        var request = NewRequest();
        await SendAsync(request);

        foreach (var read in new[]
        {
            new ReadVerificationText(Organisation, NewId()),
            new ReadVerificationText(world.NewBusiness().Organisation, request.MessageId),
        })
        {
            var refused = Assert.IsType<Refused>(
                await world.Events.AskAsync<ReadVerificationText, VerificationTextState>(read, Token));
            Assert.Equal((RefusalKind.NotFound, "unknown-verification-text"), (refused.Kind, refused.Problem));
        }
    }

    [Fact]
    public async Task Send_WithTheIdOfAnotherText_IsRefusedAndChangesNothing()
    {
        var first = NewRequest();
        await SendAsync(first);
        var other = first with { OrganisationId = world.NewBusiness().Organisation, To = FictionNumbers.Next() };

        var refused = Assert.IsType<Refused>(
            await world.Events.AskAsync<SendVerificationText, VerificationTextState>(other, Token));

        Assert.Equal((RefusalKind.Conflict, "message-id-taken"), (refused.Kind, refused.Problem));
        Assert.Empty(world.Twilio.CallsTo(other.To.Reveal()));
    }

    private async Task<VerificationTextState> SendAsync(SendVerificationText request) =>
        Assert.IsType<VerificationTextState>(
            await world.Events.AskAsync<SendVerificationText, VerificationTextState>(request, Token));

    private async Task<VerificationTextState> ReadAsync(SendVerificationText request) =>
        Assert.IsType<VerificationTextState>(await world.Events.AskAsync<ReadVerificationText, VerificationTextState>(
            new ReadVerificationText(request.OrganisationId, request.MessageId), Token));

    private Task UntilAsync(SendVerificationText request, VerificationTextProgress progress) => TestServers.Eventually.TrueAsync(
        async () => (await ReadAsync(request)).Progress == progress, $"a test text that is {progress}", Token);

    private async Task<IReadOnlyList<TwilioCall>> CallsAsync(E164Number to)
    {
        await world.TextsAsync(to);
        return world.Twilio.CallsTo(to.Reveal());
    }

    private Task<long> TextsAsync(SendVerificationText request) => world.ScalarAsync<long>(
        "SELECT count(*) FROM gateway.outbound WHERE $1 IN (from_number, to_number)", request.To.Reveal());

    private MessageId NewId() => MessageId.New(world.Clock.GetUtcNow());

    private SendVerificationText NewRequest() => new(
        Organisation, NewId(), NumberId.New(world.Clock.GetUtcNow()), FictionNumbers.Next(), FictionNumbers.Next());
}
