using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Directory;

/// <summary>A text comes before the news that say whom it is for: it waits for them, and is not dropped.</summary>
[Collection(GatewayGroup.Name)]
public sealed class LateNewsTests(GatewayWorld world)
{
    [Fact]
    public async Task NumberIsHeardOfAfterItsFirstTexts_TheyAreRelayedOnceAndInOrder()
    {
        var business = world.NewBusiness();
        var (number, sitter) = NewSitter(business);
        await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");
        await world.AwaitsNewsAsync(await world.TextAsync(client.Numbers[0], number.Number, "One"));
        await world.AwaitsNewsAsync(await world.TextAsync(client.Numbers[0], number.Number, "Two", host: 1));

        await business.SaveAsync(number);
        await business.SaveAsync(sitter);
        await world.TextAsync(client.Numbers[0], number.Number, "Three");

        var texts = await world.TextsAsync(sitter.RealNumber, 3);
        Assert.Equal(["[Maria]: One", "[Maria]: Two", "[Maria]: Three"], texts.Select(text => text.Body));
        Assert.DoesNotContain(
            world.Events.Kept<MessageNotRelayed>(), told => told.OrganisationId == business.Organisation);
    }

    [Fact]
    public async Task SitterIsHeardOfAfterHerNumber_TheTextReachesHer()
    {
        var business = world.NewBusiness();
        var (number, sitter) = NewSitter(business);
        await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");
        await business.SaveAsync(number);
        await world.AwaitsNewsAsync(await world.TextAsync(client.Numbers[0], number.Number, "Hello"));

        // Her number is still being set up: her record does not name it yet.
        await business.SaveAsync(sitter with { ReservedNumberId = null, ReservedNumber = null });

        Assert.Equal("[Maria]: Hello", Assert.Single(await world.TextsAsync(sitter.RealNumber)).Body);
    }

    [Fact]
    public async Task SittersNewPhoneIsHeardOfAfterHerAnswerFromIt_TheAnswerReachesTheClient()
    {
        var thread = await FailingThread.OpenAsync(world);
        var phone = FictionNumbers.Next();
        await world.AwaitsNewsAsync(await world.TextAsync(phone, thread.Pool.Number, "On my way"));

        await thread.Business.SaveAsync(thread.Sitter with { RealNumber = phone, Version = 2 });

        Assert.Equal("On my way", Assert.Single(await world.TextsAsync(thread.Client.Numbers[0])).Body);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task StandbyNumberIsHeardToBeASittersNow_OnlyATextThatCameSinceIsHers(int seconds, bool isHers)
    {
        var business = world.NewBusiness();
        var (number, sitter) = NewSitter(business);
        await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");
        await business.SaveAsync(number with { Lifecycle = NumberLifecycle.StandbyReserved, SitterId = null, Version = 1 });
        var text = await world.TextAsync(client.Numbers[0], number.Number, "Hello");
        await world.AwaitsNewsAsync(text);

        await business.SaveAsync(number with { Version = 2, OccurredAt = world.Clock.GetUtcNow().AddSeconds(seconds) });
        await business.SaveAsync(sitter);

        var decision = await world.DecisionAsync(text);
        Assert.Equal(isHers ? InboundState.Relayed : InboundState.NotRelayed, decision.State);
        Assert.Equal(isHers ? null : "standby-number", decision.Reason);
    }

    private (NumberChanged Number, SitterChanged Sitter) NewSitter(Business business)
    {
        var now = world.Clock.GetUtcNow();
        var number = new NumberChanged(
            business.Organisation,
            NumberId.New(now),
            FictionNumbers.Next(),
            NumberLifecycle.ReservedActive,
            NumberStatus.Ready,
            SitterId.New(now),
            1,
            now);
        return (number, new SitterChanged(
            business.Organisation,
            number.SitterId!.Value,
            "Ana",
            FictionNumbers.Next(),
            number.NumberId,
            number.Number,
            true,
            1,
            now));
    }
}
