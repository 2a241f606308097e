using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Retries;

/// <summary>A text that failed for a passing reason goes out once more, once.</summary>
[Collection(GatewayGroup.Name)]
public sealed class RetryTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failure_NamesTheNumberAndThePlaceInItsConversation()
    {
        var thread = await FailingThread.OpenAsync(world);
        var first = await thread.FailAsync("One");
        var call = await thread.WriteAsync("Two");
        world.Twilio.Next(thread.Client.Numbers[0].Reveal(), Misfortune.Refused(21211));

        var reported = await thread.FailAsync(call);
        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Three");
        var refused = await world.Events.WaitForAsync<MessageFailed>(
            failed => failed.SessionId == thread.Session && failed.Outcome == "refused", Token);

        Assert.All([first, reported, refused], failed => Assert.Equal(thread.Sitter.ReservedNumber, failed.Number));
        Assert.Equal((first.Conversation, first.Conversation), (reported.Conversation, refused.Conversation));
        Assert.True(first.Sequence < reported.Sequence && reported.Sequence < refused.Sequence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_OverTheBus_SendsTheSameTextOnceMoreAndTellsOfIt(bool toClient)
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync("See you at 5", toClient, "https://media.example.com/rex.jpg");
        var to = toClient ? thread.Client.Numbers[0] : thread.Sitter.RealNumber;
        var command = thread.RetryOf(failed);

        await world.Events.PublishAsync(command, Guid.CreateVersion7(world.Clock.GetUtcNow()), Token);
        var retried = await world.Events.WaitForAsync<MessageRetried>(retried => retried.MessageId == failed.MessageId, Token);
        await world.Events.WaitForAsync<MessageSent>(sent => sent.MessageId == retried.RetryId, Token);

        var calls = world.Twilio.CallsTo(to.Reveal());
        var (first, second) = (calls[^2].Request, calls[^1].Request);
        Assert.Equal((first.From, first.Body, first.MediaUrls[0]), (second.From, second.Body, second.MediaUrls[0]));
        Assert.Equal(command.Retries[0].RetryId, FailingThread.IdOf(calls[^1]));
        Assert.Equal(
            (command.Retries[0].RetryId, thread.Session, thread.Sitter.SitterId, thread.Client.ClientId),
            (retried.RetryId, retried.SessionId!.Value, retried.SitterId!.Value, retried.ClientId!.Value));
    }

    [Fact]
    public async Task ReceiverWhoOptedOutAndInAgain_GetsTheRetry()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var client = thread.Client.Numbers[0];
        await world.DecisionAsync(await world.TextAsync(client, thread.Sitter.ReservedNumber!, "STOP"));
        await world.DecisionAsync(await world.TextAsync(client, thread.Sitter.ReservedNumber!, "START"));

        await thread.DecideAsync(thread.RetryOf(failed));

        Assert.Equal("See you at 5", (await world.TextsAsync(client, 2))[1].Body);
    }

    [Fact]
    public async Task RetryThatArrives_IsToldOfToWhoPlannedIt()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var command = thread.RetryOf(failed);
        var to = thread.Client.Numbers[0].Reveal();
        await thread.DecideAsync(command);
        await world.Events.WaitForAsync<MessageSent>(sent => sent.MessageId == command.Retries[0].RetryId, Token);

        var retry = world.Twilio.CallsTo(to)[^1].Request;
        await world.PostAsync(Webhook.OfStatus(retry.StatusCallback!, world.Twilio.AcceptedFor(to)[^1].Sid, "delivered"));

        var resolved = await world.Events.WaitForAsync<FailureResolved>(
            resolved => resolved.MessageId == command.Retries[0].RetryId, Token);
        Assert.Equal(thread.Business.Organisation, resolved.OrganisationId);
    }

    [Fact]
    public async Task Log_ShowsOfARetryWhichTextItRepeatsAndTheStateOfBoth()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var command = thread.RetryOf(failed);
        await thread.DecideAsync(command);
        var retry = command.Retries[0].RetryId;
        await world.OutboundAsync(thread.Client.Numbers[0], OutboundState.Sent);

        var page = Assert.IsType<MessagePage>(await world.Events.AskAsync<ListMessages, MessagePage>(
            new ListMessages(thread.Business.Organisation, null, 50), Token));

        var views = page.Items.Where(item => !item.Inbound).ToDictionary(item => item.Id);
        Assert.Equal(("sent", failed.MessageId), (views[retry].State, views[retry].RetryOf!.Value));
        Assert.Equal(
            ("undelivered", "30003", null),
            (views[failed.MessageId].State, views[failed.MessageId].Reason, views[failed.MessageId].RetryOf));
    }

    [Fact]
    public async Task Command_ManyTimesAtOnceOnTwoInstancesAndAgainLater_OneTextAndOneEvent()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var command = thread.RetryOf(failed);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(time => thread.DecideAsync(command, host: time % 2)));
        await world.Events.WaitForAsync<MessageSent>(sent => sent.MessageId == command.Retries[0].RetryId, Token);
        await thread.DecideAsync(command);
        await thread.ToldAsync(failed.MessageId);

        Assert.Equal(2, world.Twilio.CallsTo(thread.Client.Numbers[0].Reveal()).Count);
        Assert.Single(world.Events.Kept<MessageRetried>(), retried => retried.MessageId == failed.MessageId);
        Assert.DoesNotContain(world.Events.Kept<MessageRetryDropped>(), dropped => dropped.MessageId == failed.MessageId);
    }

    [Fact]
    public async Task TwoTextsOfAConversation_GoOutInTheirOrderBehindWhatWaits()
    {
        var thread = await FailingThread.OpenAsync(world);
        var to = thread.Client.Numbers[0].Reveal();
        var command = thread.RetryOf(await thread.FailAsync("One"), await thread.FailAsync("Two"));
        world.Twilio.Next(to, Misfortune.NotSent());
        await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Three"));

        await thread.DecideAsync(command);
        await world.PassTimeUntilAsync(() => Task.FromResult(world.Twilio.AcceptedFor(to).Count == 5), "three more texts");

        Assert.Equal(["One", "Two", "Three", "One", "Two"], world.Twilio.AcceptedFor(to).Select(text => text.Body));
    }

    [Fact]
    public async Task OutcomeOfARetryUnknown_ItIsNotTakenForTheTextThatItRepeats()
    {
        var thread = await FailingThread.OpenAsync(world);
        var to = thread.Client.Numbers[0].Reveal();
        var command = thread.RetryOf(await thread.FailAsync());
        world.Twilio.Next(to, Misfortune.Lost(), Misfortune.AcceptedButUnknown());

        await thread.DecideAsync(command);
        await world.PassTimeUntilAsync(
            async () => await world.ScalarAsync<short>(
                "SELECT state FROM gateway.outbound WHERE id = $1", command.Retries[0].RetryId.Value) == (short)OutboundState.Sent,
            "the retry");

        Assert.Equal((2, 3), (world.Twilio.AcceptedFor(to).Count, world.Twilio.CallsTo(to).Count));
    }

    [Fact]
    public async Task ClientWasMergedMeanwhile_TheRetryIsTheKnownClients()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var known = ClientId.New(world.Clock.GetUtcNow());
        await world.Hosts[0].Services.GetRequiredService<DirectoryWriter>().MergeAsync(
            new ClientMerged(thread.Business.Organisation, thread.Client.ClientId, known, world.Clock.GetUtcNow()), Token);

        await thread.DecideAsync(thread.RetryOf(failed));

        var retried = await world.Events.WaitForAsync<MessageRetried>(retried => retried.MessageId == failed.MessageId, Token);
        Assert.Equal(known, retried.ClientId);
    }

    [Fact]
    public async Task SameTextTwiceAndBothFailed_EachGoesOutOnceMore()
    {
        var thread = await FailingThread.OpenAsync(world);
        var (first, second) = (await thread.FailAsync("ok"), await thread.FailAsync("ok"));

        await thread.DecideAsync(thread.RetryOf(second));
        await thread.DecideAsync(thread.RetryOf(first));

        Assert.Equal(4, (await world.TextsAsync(thread.Client.Numbers[0], 4)).Count);
    }

    [Fact]
    public async Task PartOfALongText_ItsOtherPartsAreNotTakenForASecondTry()
    {
        var thread = await FailingThread.OpenAsync(world);
        var to = thread.Client.Numbers[0];
        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, new string('a', 3200));
        await world.TextsAsync(to, 2);
        var first = world.Twilio.CallsTo(to.Reveal())[0];
        await world.PostAsync(Webhook.OfStatus(
            first.Request.StatusCallback!, world.Twilio.AcceptedFor(to.Reveal())[0].Sid, "undelivered", 30003));
        var id = FailingThread.IdOf(first);
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == id, Token);

        await thread.DecideAsync(thread.RetryOf(failed));

        Assert.Equal(3, (await world.TextsAsync(to, 3)).Count);
    }
}
