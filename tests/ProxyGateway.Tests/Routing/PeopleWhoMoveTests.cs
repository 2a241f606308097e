using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

/// <summary>A phone or number that belongs to somebody else by now: nothing goes there that was meant for its former owner.</summary>
[Collection(GatewayGroup.Name)]
public sealed class PeopleWhoMoveTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientHasAnotherPhone_TheSittersAnswerGoesThere(bool sessionHasEnded)
    {
        var thread = await FailingThread.OpenAsync(world);
        if (sessionHasEnded)
        {
            await EndAsync(thread);
        }

        var phone = FictionNumbers.Next();
        await SaveAsync(thread.Client with { Numbers = [phone], Version = 2 });

        var answer = await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "On my way"));

        Assert.Equal(InboundState.Relayed, answer.State);
        Assert.Equal("On my way", Assert.Single(await world.TextsAsync(phone)).Body);
        Assert.Empty(world.Twilio.CallsTo(thread.Client.Numbers[0].Reveal()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientsPhoneIsAnotherClientsNow_TheSittersAnswerDoesNotReachThem(bool sessionHasEnded)
    {
        var thread = await FailingThread.OpenAsync(world);
        if (sessionHasEnded)
        {
            await EndAsync(thread);
        }

        var phone = thread.Client.Numbers[0];
        await thread.Business.ClientAsync("Tom Baker", phone);
        await SaveAsync(thread.Client with { Numbers = [], Version = 2 });

        var answer = await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "On my way"));

        Assert.Equal((InboundState.NotRelayed, "client-has-no-phone"), (answer.State, answer.Reason));
        Assert.Contains("not delivered", (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1].Body, StringComparison.Ordinal);
        Assert.Empty(world.Twilio.CallsTo(phone.Reveal()));
    }

    [Fact]
    public async Task UnknownSendersPhoneIsAKnownClientsBeforeTheMergeIsHeardOf_TheSittersAnswerStillReachesIt()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var phone = FictionNumbers.Next();
        await world.TextAsync(phone, sitter.ReservedNumber!, "Hello");
        await world.TextsAsync(sitter.RealNumber);
        await business.ClientAsync("Maria Lopez", phone);

        await world.TextAsync(sitter.RealNumber, pool.Number, "Who is it?");

        Assert.Equal("Who is it?", Assert.Single(await world.TextsAsync(phone)).Body);
    }

    [Fact]
    public async Task SitterOptsOutWhenTheClientHasAnotherPhone_TheNoticeGoesThere()
    {
        var thread = await FailingThread.OpenAsync(world);
        var phone = FictionNumbers.Next();
        await SaveAsync(thread.Client with { Numbers = [phone], Version = 2 });

        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "STOP");

        await world.TextsAsync(phone);
        Assert.Empty(world.Twilio.CallsTo(thread.Client.Numbers[0].Reveal()));
    }

    [Theory]
    [InlineData(NumberLifecycle.ReservedActive, NumberStatus.Ready, true)]
    [InlineData(NumberLifecycle.StandbyReserved, NumberStatus.Retired, false)]
    public async Task SittersNumberIsNotHersAnyMore_HerAnswerDoesNotLeaveFromIt(
        NumberLifecycle lifecycle, NumberStatus status, bool isAnothers)
    {
        var thread = await FailingThread.OpenAsync(world);
        var reserved = thread.Sitter.ReservedNumber!;
        await thread.Business.SaveAsync(thread.Sitter with { ReservedNumberId = null, ReservedNumber = null, Version = 2 });
        await thread.Business.SaveAsync(new NumberChanged(
            thread.Business.Organisation,
            thread.Sitter.ReservedNumberId!.Value,
            reserved,
            lifecycle,
            status,
            isAnothers ? SitterId.New(world.Clock.GetUtcNow()) : null,
            2,
            world.Clock.GetUtcNow()));

        var answer = await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "On my way"));

        Assert.Equal((InboundState.NotRelayed, "sitter-has-no-number"), (answer.State, answer.Reason));
        Assert.Contains("not delivered", (await world.TextsAsync(thread.Sitter.RealNumber, 2))[1].Body, StringComparison.Ordinal);
        Assert.Empty(world.Twilio.CallsTo(thread.Client.Numbers[0].Reveal()));
    }

    [Fact]
    public async Task SittersNumberRestsAndIsNobodysYet_HerAnswerLeavesFromIt()
    {
        var thread = await FailingThread.OpenAsync(world);
        await thread.Business.SaveAsync(thread.Sitter with { ReservedNumberId = null, ReservedNumber = null, Version = 2 });
        await thread.Business.SaveAsync(new NumberChanged(
            thread.Business.Organisation,
            thread.Sitter.ReservedNumberId!.Value,
            thread.Sitter.ReservedNumber!,
            NumberLifecycle.StandbyReserved,
            NumberStatus.Ready,
            null,
            2,
            world.Clock.GetUtcNow()));

        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "On my way");

        Assert.Equal(
            thread.Sitter.ReservedNumber!.Reveal(),
            Assert.Single(await world.TextsAsync(thread.Client.Numbers[0])).From);
    }

    private Task EndAsync(FailingThread thread) => world.ExecuteAsync(
        "UPDATE gateway.sessions SET open = false, closed_at = now(), closed_reason = 'expired' WHERE id = $1",
        thread.Session.Value);

    private Task SaveAsync(ClientChanged client) =>
        world.Hosts[0].Services.GetRequiredService<DirectoryWriter>().SaveAsync(client, Token);
}
