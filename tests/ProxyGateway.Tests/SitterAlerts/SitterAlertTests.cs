using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.SitterAlerts;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.SitterAlerts;

/// <summary>A sitter is told, in the client's thread, that a text did not arrive.</summary>
[Collection(GatewayGroup.Name)]
public sealed class SitterAlertTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "A text of yours to Maria Lopez could not be delivered")]
    [InlineData(false, "A text from Maria Lopez could not be delivered to you")]
    public async Task Command_OverTheBus_TellsTheSitterInTheClientsThread(bool toClient, string start)
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync("Secret words", toClient);
        var command = AlertOn(thread, failed.MessageId);
        var before = world.Twilio.AcceptedFor(thread.Sitter.RealNumber.Reveal()).Count;

        await world.Events.PublishAsync(command, Guid.CreateVersion7(world.Clock.GetUtcNow()), Token);
        var alerted = await world.Events.WaitForAsync<SitterAlerted>(told => told.AlertId == command.AlertId, Token);
        var text = (await world.TextsAsync(thread.Sitter.RealNumber, before + 1))[before];

        Assert.StartsWith(start, text.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret words", text.Body!, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Body!, char.IsAsciiDigit);
        Assert.Equal(thread.Pool.Number.Reveal(), text.From);
        Assert.Equal(
            (failed.MessageId, thread.Session, thread.Sitter.SitterId, thread.Client.ClientId),
            (alerted.FailedMessageId, alerted.SessionId!.Value, alerted.SitterId!.Value, alerted.ClientId!.Value));
    }

    [Fact]
    public async Task Command_ManyTimesAtOnceOnTwoInstances_OneTextAndOneEvent()
    {
        var thread = await FailingThread.OpenAsync(world);
        var command = AlertOn(thread, (await thread.FailAsync()).MessageId);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(time => DecideAsync(command, time % 2)));
        await world.Events.WaitForAsync<MessageSent>(sent => sent.MessageId == command.AlertId, Token);
        await DecideAsync(command);
        await thread.ToldAsync(command.AlertId);

        Assert.Equal(2, world.Twilio.CallsTo(thread.Sitter.RealNumber.Reveal()).Count);
        Assert.Single(world.Events.Kept<SitterAlerted>(), told => told.AlertId == command.AlertId);
    }

    [Theory]
    [InlineData("Maria\nLopez [VIP]\u0007", "to Maria Lopez (VIP) could")]
    [InlineData("{Client}", "to {Client} could")]
    [InlineData("\u0001\u0002", "to Client ")]
    public async Task ClientsName_IsShownAsThePrefixShowsIt(string name, string shown)
    {
        var thread = await FailingThread.OpenAsync(world, name);

        var body = await AlertAsync(thread);

        Assert.Contains(shown, body, StringComparison.Ordinal);
        Assert.DoesNotContain(body, char.IsControl);
    }

    [Fact]
    public async Task ClientsLongName_IsShortenedAndTheTextIsNot()
    {
        var thread = await FailingThread.OpenAsync(world, new string('x', 1000));

        var body = await AlertAsync(thread);

        Assert.Contains(new string('x', 60), body, StringComparison.Ordinal);
        Assert.EndsWith("contact the office.", body, StringComparison.Ordinal);
        Assert.InRange(body.Length, 60, 400);
    }

    [Fact]
    public async Task AlertThatFails_IsANoticeThatCausesNothingFurther()
    {
        var thread = await FailingThread.OpenAsync(world);
        var command = AlertOn(thread, (await thread.FailAsync()).MessageId);
        world.Twilio.Next(thread.Sitter.RealNumber.Reveal(), Misfortune.Refused(21610));

        await DecideAsync(command);

        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == command.AlertId, Token);
        Assert.Equal((MessageDirection.Notice, thread.Pool.Number), (failed.Direction, failed.Number));
        Assert.Equal(0, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE session_id = $1 AND state < 3", thread.Session.Value));
        Assert.Equal(2, world.Twilio.CallsTo(thread.Sitter.RealNumber.Reveal()).Count);
    }

    [Fact]
    public async Task NoticeRightAfterAnAlert_IsNotSilencedByIt()
    {
        var thread = await FailingThread.OpenAsync(world);
        await AlertAsync(thread);

        await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, "STOP");

        var texts = await world.TextsAsync(thread.Sitter.RealNumber, 3);
        Assert.Contains("opted out", texts[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SitterHasOptedOutOfTheThread_IsNotTold()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "STOP"));

        await AssertDroppedAsync(thread, AlertOn(thread, failed.MessageId), "opted-out");
    }

    [Fact]
    public async Task SitterHasOptedInToTheThreadAgain_IsTold()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "STOP"));
        await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "START"));

        await DecideAsync(AlertOn(thread, failed.MessageId));

        Assert.Contains("could not be delivered", (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionHasEnded_TheSitterIsToldInTheThreadThatStoodForTheClient()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await CloseAsync(thread);

        await DecideAsync(AlertOn(thread, failed.MessageId));

        var text = (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1];
        Assert.Equal(thread.Pool.Number.Reveal(), text.From);
        Assert.Contains("to Maria Lopez could", text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionHasEndedAndItsThreadIsAnotherClients_TheSitterIsNotToldThere()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await CloseAsync(thread);
        var other = await thread.Business.ClientAsync("Tom Baker");
        await world.DecisionAsync(await world.TextAsync(other.Numbers[0], thread.Sitter.ReservedNumber!, "Hello"));
        await world.TextsAsync(thread.Sitter.RealNumber, 2);

        await AssertDroppedAsync(thread, AlertOn(thread, failed.MessageId), "no-thread");
    }

    [Theory]
    [InlineData(NumberLifecycle.Pool, NumberStatus.Retired)]
    [InlineData(NumberLifecycle.StandbyReserved, NumberStatus.Ready)]
    public async Task SessionHasEndedAndItsNumberHasNoThreadsByNow_TheSitterIsNotToldThere(
        NumberLifecycle lifecycle, NumberStatus status)
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await CloseAsync(thread);
        await thread.Business.SaveAsync(thread.Pool with { Lifecycle = lifecycle, Status = status, Version = 2 });

        await AssertDroppedAsync(thread, AlertOn(thread, failed.MessageId), "no-thread");
    }

    [Fact]
    public async Task SitterWasRemoved_IsNotTold()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await thread.Business.SaveAsync(thread.Sitter with { Active = false, Version = 2 });

        await AssertDroppedAsync(thread, AlertOn(thread, failed.MessageId), "no-thread");
    }

    [Fact]
    public async Task SitterHasAnotherPhone_IsToldThere()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var phone = FictionNumbers.Next();
        await thread.Business.SaveAsync(thread.Sitter with { RealNumber = phone, Version = 2 });

        await DecideAsync(AlertOn(thread, failed.MessageId));

        Assert.Equal(thread.Pool.Number.Reveal(), Assert.Single(await world.TextsAsync(phone)).From);
    }

    [Fact]
    public async Task PairsSessionIsAnotherByNow_TheSitterIsToldInItsThread()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        await CloseAsync(thread);
        await thread.Business.SaveAsync(thread.Pool with { Status = NumberStatus.Failed, Version = 2 });
        var pool = await thread.Business.PoolNumberAsync();
        await world.DecisionAsync(await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, "Again"));

        await DecideAsync(AlertOn(thread, failed.MessageId));

        Assert.Equal(pool.Number.Reveal(), (await world.TextsAsync(thread.Sitter.RealNumber, 3))[2].From);
    }

    [Fact]
    public async Task UnknownTextOrAnotherOrganisations_IsToldToNobody()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();

        await AssertDroppedAsync(thread, AlertOn(thread, MessageId.New(world.Clock.GetUtcNow())), "unknown-text");
        await AssertDroppedAsync(
            thread,
            AlertOn(thread, failed.MessageId) with { OrganisationId = world.NewBusiness().Organisation },
            "unknown-text");
    }

    [Fact]
    public async Task MergedClient_IsNamedAsKnownNow()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();
        var known = await thread.Business.ClientAsync("Jane Doe");
        await world.Hosts[0].Services.GetRequiredService<DirectoryWriter>().MergeAsync(
            new ClientMerged(thread.Business.Organisation, thread.Client.ClientId, known.ClientId, world.Clock.GetUtcNow()), Token);

        await DecideAsync(AlertOn(thread, failed.MessageId));

        Assert.Contains("Jane Doe", (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1].Body, StringComparison.Ordinal);
    }

    private async Task AssertDroppedAsync(FailingThread thread, SendSitterAlert command, string reason)
    {
        var before = world.Twilio.CallsTo(thread.Sitter.RealNumber.Reveal()).Count;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(time => DecideAsync(command, time % 2)));
        var dropped = await world.Events.WaitForAsync<SitterAlertDropped>(dropped => dropped.AlertId == command.AlertId, Token);
        await thread.ToldAsync(command.AlertId);

        Assert.Equal((reason, command.FailedMessageId), (dropped.Reason, dropped.FailedMessageId));
        Assert.Single(world.Events.Kept<SitterAlertDropped>(), dropped => dropped.AlertId == command.AlertId);
        Assert.Equal(before, world.Twilio.CallsTo(thread.Sitter.RealNumber.Reveal()).Count);
    }

    private async Task<string> AlertAsync(FailingThread thread)
    {
        var failed = await thread.FailAsync();
        await DecideAsync(AlertOn(thread, failed.MessageId));
        return (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1].Body!;
    }

    private async Task DecideAsync(SendSitterAlert command, int host = 0) =>
        await world.Hosts[host].Services.GetRequiredService<SitterAlertDesk>().DecideAsync(command, Token);

    private async Task CloseAsync(FailingThread thread)
    {
        await using var connection = await world.Database.OpenConnectionAsync(Token);
        Assert.True(await SessionCloser.CloseOneAsync(
            connection, thread.Business.Organisation, thread.Session, "api", world.Clock.GetUtcNow(), Token));
    }

    private SendSitterAlert AlertOn(FailingThread thread, MessageId failed) => new(
        thread.Business.Organisation, MessageId.New(world.Clock.GetUtcNow()), failed, world.Clock.GetUtcNow());
}
