using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ProxyGateway.Webhooks;

namespace PhoneMasking.ProxyGateway.Tests.OptOuts;

/// <summary>
/// Twilio takes a text and reports later that its receiver has opted out, as it does for the numbers of a Messaging Service.
/// </summary>
[Collection(GatewayGroup.Name)]
public sealed class ReportedRefusalTests(GatewayWorld world)
{
    private const int OptedOut = 21610;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("undelivered", true)]
    [InlineData("failed", false)]
    public async Task ReportedAsOptedOut_AuthorIsToldInTheirThreadAndNothingMoreIsSent(string status, bool toClient)
    {
        var thread = await FailingThread.OpenAsync(world);
        var call = await thread.WriteAsync("See you at 5", toClient);
        var (author, receiver) = toClient
            ? (thread.Sitter.RealNumber, thread.Client.Numbers[0])
            : (thread.Client.Numbers[0], thread.Sitter.RealNumber);
        var sent = world.Twilio.AcceptedFor(receiver.Reveal()).Count;

        await ReportAsync(call, status);

        var told = (await world.TextsAsync(author, toClient ? 2 : 1))[^1];
        var ours = toClient ? thread.Pool.Number : thread.Sitter.ReservedNumber!;
        Assert.Equal(ours.Reveal(), told.From);
        Assert.Contains("was not delivered", told.Body, StringComparison.Ordinal);
        var change = await ChangeAsync(thread);
        Assert.Equal(
            (FailingThread.IdOf(call), thread.Sitter.SitterId, thread.Client.ClientId),
            (change.MessageId, change.SitterId!.Value, change.ClientId!.Value));
        var next = await world.DecisionAsync(await world.TextAsync(author, ours, "Hello?"));
        Assert.Equal((InboundState.NotRelayed, "opted-out"), (next.State, next.Reason));
        Assert.Equal(sent, world.Twilio.AcceptedFor(receiver.Reveal()).Count);
    }

    [Fact]
    public async Task ReportThatIsRepeated_IsToldOnce()
    {
        var thread = await FailingThread.OpenAsync(world);
        var call = await thread.WriteAsync("See you at 5");

        await ReportAsync(call, "failed");
        await ReportAsync(call, "failed");
        await ReportAsync(call, "undelivered");
        await ReportAsync(call, "undelivered");

        await ChangeAsync(thread);
        await thread.ToldAsync(FailingThread.IdOf(call));
        Assert.Single(world.Events.Kept<OptOutChanged>(), change => change.SitterId == thread.Sitter.SitterId);
        Assert.Equal(1, await NoticesAsync(thread));
    }

    [Fact]
    public async Task SeveralTextsOfAThread_EachAuthorIsToldOfEachTextAndTheChangeOnce()
    {
        var thread = await FailingThread.OpenAsync(world);
        var first = await thread.WriteAsync("See you at 5");
        var second = await thread.WriteAsync("Or at 6");

        await Task.WhenAll(ReportAsync(first, "undelivered"), ReportAsync(second, "undelivered"));

        await ChangeAsync(thread);
        await thread.ToldAsync(FailingThread.IdOf(first));
        await thread.ToldAsync(FailingThread.IdOf(second));
        Assert.Single(world.Events.Kept<OptOutChanged>(), change => change.SitterId == thread.Sitter.SitterId);
        Assert.Equal(2, await NoticesAsync(thread));
    }

    [Fact]
    public async Task StartBeforeTheTextWasHandedOver_TheReportIsOfNow()
    {
        var thread = await FailingThread.OpenAsync(world);
        await WriteStartAsync(thread);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var call = await thread.WriteAsync("See you at 5");

        await ReportAsync(call, "undelivered");

        await ChangeAsync(thread);
        var next = await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Hello?"));
        Assert.Equal((InboundState.NotRelayed, "opted-out"), (next.State, next.Reason));
    }

    [Fact]
    public async Task StartBeforeTheReport_AuthorIsToldAndTheNextTextIsSent()
    {
        var thread = await FailingThread.OpenAsync(world);
        var call = await thread.WriteAsync("See you at 5");
        await WriteStartAsync(thread);

        await ReportAsync(call, "undelivered");

        var told = await world.TextsAsync(thread.Sitter.RealNumber, 3);
        Assert.Contains(told, text => text.Body!.Contains("was not delivered", StringComparison.Ordinal));
        await thread.WriteAsync("Welcome back");
        Assert.DoesNotContain(
            world.Events.Kept<OptOutChanged>(), change => change.SitterId == thread.Sitter.SitterId && change.OptedOut);
    }

    [Fact]
    public async Task StartAfterTheReport_TheNextTextIsSent()
    {
        var thread = await FailingThread.OpenAsync(world);
        await ReportAsync(await thread.WriteAsync("See you at 5"), "undelivered");
        await ChangeAsync(thread);

        await WriteStartAsync(thread);

        await thread.WriteAsync("Welcome back");
    }

    [Fact]
    public async Task ReportThatComesBeforeTheSendIsRecorded_AuthorIsTold()
    {
        var thread = await FailingThread.OpenAsync(world);
        var client = thread.Client.Numbers[0].Reveal();
        world.Twilio.BeforeAnswer(client, () => world.PostAsync(
            Webhook.OfStatus(TwilioWebhookEndpoints.StatusPath, world.Twilio.AcceptedFor(client)[0].Sid, "failed", OptedOut)));

        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "See you at 5");

        Assert.Contains("opted out", (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1].Body, StringComparison.Ordinal);
        await ChangeAsync(thread);
    }

    /// <summary>A retry is no text of its own to its author, who believes since the first attempt that it is on its way.</summary>
    [Fact]
    public async Task RetryThatIsRefused_AuthorOfTheTextIsTold()
    {
        var thread = await FailingThread.OpenAsync(world);
        await thread.DecideAsync(thread.RetryOf(await thread.FailAsync()));
        var client = thread.Client.Numbers[0];
        await world.TextsAsync(client, 2);

        await ReportAsync(world.Twilio.CallsTo(client.Reveal())[^1], "undelivered");

        var told = (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1];
        Assert.Equal(thread.Pool.Number.Reveal(), told.From);
        Assert.Contains("was not delivered", told.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoticeThatIsRefused_MutesItsReceiverAndTellsNobody()
    {
        var thread = await FailingThread.OpenAsync(world);
        await ReportAsync(await thread.WriteAsync("See you at 5"), "undelivered");
        await world.TextsAsync(thread.Sitter.RealNumber, 2);

        await ReportAsync(world.Twilio.CallsTo(thread.Sitter.RealNumber.Reveal())[^1], "undelivered");

        await world.OutboundAsync(thread.Sitter.RealNumber, OutboundState.Undelivered);
        var next = await world.DecisionAsync(await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, "Hi"));
        Assert.Equal((InboundState.NotRelayed, "opted-out"), (next.State, next.Reason));
        Assert.Equal(1, await NoticesAsync(thread));
    }

    private Task<Webhook> ReportAsync(TwilioCall call, string status)
    {
        var sid = world.Twilio.AcceptedFor(call.Request.To).Last(text => text.Body == call.Request.Body).Sid;
        return world.PostAsync(Webhook.OfStatus(call.Request.StatusCallback!, sid, status, OptedOut));
    }

    private async Task WriteStartAsync(FailingThread thread)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.DecisionAsync(await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, "START"));
    }

    private Task<OptOutChanged> ChangeAsync(FailingThread thread) => world.Events.WaitForAsync<OptOutChanged>(
        change => change.SitterId == thread.Sitter.SitterId && change.OptedOut, Token);

    private Task<long> NoticesAsync(FailingThread thread) => world.ScalarAsync<long>(
        "SELECT count(*) FROM gateway.outbound WHERE to_number = $1 AND direction = 2", thread.Sitter.RealNumber.Reveal());
}
