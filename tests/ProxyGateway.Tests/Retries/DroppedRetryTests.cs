using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Retries;

/// <summary>A retry that would be wrong by the time it is due is dropped: nothing goes to the wrong person, or twice.</summary>
[Collection(GatewayGroup.Name)]
public sealed class DroppedRetryTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DirectoryWriter Directory => world.Hosts[0].Services.GetRequiredService<DirectoryWriter>();

    [Fact]
    public async Task TextThatArrivedAfterAll_IsDropped()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var to = thread.Client.Numbers[0].Reveal();
        await world.PostAsync(Webhook.OfStatus(
            world.Twilio.CallsTo(to)[^1].Request.StatusCallback!, world.Twilio.AcceptedFor(to)[^1].Sid, "delivered"));

        Assert.Equal("delivered", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Fact]
    public async Task AuthorHasSentTheSameAgain_IsDroppedAndAnotherTextIsNot()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await thread.FailAsync();
        var kept = await thread.FailAsync("Something else");
        await thread.WriteAsync("Something else!");
        await thread.WriteAsync("See you at 5");

        Assert.Equal("sent-again", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
        await thread.DecideAsync(thread.RetryOf(kept));
        await world.Events.WaitForAsync<MessageRetried>(retried => retried.MessageId == kept.MessageId, Token);
    }

    [Fact]
    public async Task ReceiverHasOptedOut_IsDroppedAndStaysSoWhenTheyOptInAgain()
    {
        var thread = await FailingThread.OpenAsync(world);
        var command = thread.RetryOf(await thread.FailAsync());
        var client = thread.Client.Numbers[0];
        await world.DecisionAsync(await world.TextAsync(client, thread.Sitter.ReservedNumber!, "STOP"));

        Assert.Equal("opted-out", await thread.ReasonOfDropAsync(command));
        await world.DecisionAsync(await world.TextAsync(client, thread.Sitter.ReservedNumber!, "START"));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(time => thread.DecideAsync(command, time % 2)));
        await thread.ToldAsync(command.Retries[0].MessageId);

        Assert.Single(world.Twilio.CallsTo(client.Reveal()));
        Assert.Single(
            world.Events.Kept<MessageRetryDropped>(), dropped => dropped.MessageId == command.Retries[0].MessageId);
    }

    [Fact]
    public async Task SessionWasClosed_IsDropped()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await using (var connection = await world.Database.OpenConnectionAsync(Token))
        {
            Assert.True(await SessionCloser.CloseOneAsync(
                connection, thread.Business.Organisation, thread.Session, "api", world.Clock.GetUtcNow(), Token));
        }

        Assert.Equal("session-ended", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Fact]
    public async Task SessionIsOverButNotYetClosed_IsDropped()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await world.ExecuteAsync(
            "UPDATE gateway.sessions SET expires_at = $2 WHERE id = $1", thread.Session.Value, world.Clock.GetUtcNow());

        Assert.Equal("session-ended", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Fact]
    public async Task CommandStoodInAQueueForTooLong_IsDroppedAndOneInTimeIsNot()
    {
        var thread = await FailingThread.OpenAsync(world);
        var (late, inTime) = (thread.RetryOf(await thread.FailAsync("One")), thread.RetryOf(await thread.FailAsync("Two")));
        var now = world.Clock.GetUtcNow();

        Assert.Equal("too-late", await thread.ReasonOfDropAsync(
            late with { Retries = [late.Retries[0] with { NotAfter = now.AddMilliseconds(-1) }] }));
        await thread.DecideAsync(inTime with { Retries = [inTime.Retries[0] with { NotAfter = now.AddDays(1) }] });
        await world.Events.WaitForAsync<MessageRetried>(retried => retried.RetryId == inTime.Retries[0].RetryId, Token);
    }

    [Fact]
    public async Task TextThatArrivedAfterAll_HoweverLateTheCommand_IsNotCalledLate()
    {
        var thread = await FailingThread.OpenAsync(world);
        var command = thread.RetryOf(await thread.FailAsync());
        var to = thread.Client.Numbers[0].Reveal();
        await world.PostAsync(Webhook.OfStatus(
            world.Twilio.CallsTo(to)[^1].Request.StatusCallback!, world.Twilio.AcceptedFor(to)[^1].Sid, "delivered"));

        Assert.Equal("delivered", await thread.ReasonOfDropAsync(
            command with { Retries = [command.Retries[0] with { NotAfter = world.Clock.GetUtcNow().AddDays(-3) }] }));
    }

    [Fact]
    public async Task SitterHasAnotherPhone_TheClientsTextDoesNotGoToTheOldOne()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync(toClient: false);
        await thread.Business.SaveAsync(thread.Sitter with { RealNumber = FictionNumbers.Next(), Version = 2 });

        Assert.Equal("number-changed", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Fact]
    public async Task SitterHasAnotherReservedNumber_TheOldOneIsNotUsed()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var other = await thread.Business.NumberAsync(NumberLifecycle.ReservedActive, sitter: thread.Sitter.SitterId);
        await thread.Business.SaveAsync(
            thread.Sitter with { ReservedNumber = other.Number, ReservedNumberId = other.NumberId, Version = 2 });

        Assert.Equal("number-changed", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Theory]
    [InlineData(true, "number-changed")]
    [InlineData(false, "session-ended")]
    public async Task OurNumberIsNoLongerOurs_IsDropped(bool toClient, string reason)
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync(toClient: toClient);
        var reserved = thread.Pool with
        {
            NumberId = thread.Sitter.ReservedNumberId!.Value,
            Number = thread.Sitter.ReservedNumber!,
            Lifecycle = NumberLifecycle.ReservedActive,
            SitterId = thread.Sitter.SitterId,
        };
        await thread.Business.SaveAsync((toClient ? reserved : thread.Pool) with { Status = NumberStatus.Retired, Version = 2 });

        Assert.Equal(reason, await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Fact]
    public async Task ReservedNumberIsAnotherSittersByNow_IsDropped()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await thread.Business.SaveAsync(thread.Pool with
        {
            NumberId = thread.Sitter.ReservedNumberId!.Value,
            Number = thread.Sitter.ReservedNumber!,
            Lifecycle = NumberLifecycle.ReservedActive,
            SitterId = SitterId.New(world.Clock.GetUtcNow()),
            Version = 2,
        });

        Assert.Equal("number-changed", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientHasThatPhoneNoLonger_IsDropped(bool another)
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await Directory.SaveAsync(thread.Client with { Numbers = [FictionNumbers.Next()], Version = 2 }, Token);
        if (another)
        {
            await thread.Business.ClientAsync("Tom Baker", thread.Client.Numbers[0]);
        }

        Assert.Equal("number-changed", await thread.ReasonOfDropAsync(thread.RetryOf(failed)));
    }

    [Fact]
    public async Task UnknownTextOrAnotherOrganisationsOrANotice_IsDropped()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await world.TextAsync(thread.Sitter.RealNumber, thread.Sitter.ReservedNumber!, "To myself");
        await world.TextsAsync(thread.Sitter.RealNumber, 2);
        var notice = FailingThread.IdOf(world.Twilio.CallsTo(thread.Sitter.RealNumber.Reveal())[^1]);
        RetryMessages[] commands =
        [
            thread.RetryOf(failed with { MessageId = MessageId.New(world.Clock.GetUtcNow()) }),
            thread.RetryOf(failed with { MessageId = notice }),
            thread.RetryOf(failed) with { OrganisationId = world.NewBusiness().Organisation },
        ];

        foreach (var command in commands)
        {
            Assert.Equal("unknown-text", await thread.ReasonOfDropAsync(command));
        }
    }

    [Fact]
    public async Task UnknownTextManyTimesAtOnce_IsToldOnce()
    {
        var thread = await FailingThread.OpenAsync(world);
        var id = MessageId.New(world.Clock.GetUtcNow());
        var command = new RetryMessages(thread.Business.Organisation, [new MessageRetry(id, MessageId.New(world.Clock.GetUtcNow()))]);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(time => thread.DecideAsync(command, time % 2)));
        await world.Events.WaitForAsync<MessageRetryDropped>(dropped => dropped.MessageId == id, Token);
        await thread.ToldAsync(id);

        Assert.Single(world.Events.Kept<MessageRetryDropped>(), dropped => dropped.MessageId == id);
    }
}
