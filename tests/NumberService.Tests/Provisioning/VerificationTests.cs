using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.Provisioning.World;

namespace PhoneMasking.NumberService.Tests.Provisioning;

/// <summary>The test text of a number, and what becomes of the number with it.</summary>
public sealed class VerificationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_ThatIsNeverDelivered_FailsTheNumberAfterThreeTexts()
    {
        await using var world = await NumberWorld.StartAsync(("Numbers:VerificationDeadline", "00:01:00"));
        world.Gateway.State = _ => new VerificationTextState(VerificationTextProgress.Sent, null);

        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Failed, "a number that failed");

        var number = await world.NumberAsync(order.Id);
        Assert.Equal(("verify", "verification-late"), (number.FailedStep, number.Reason));
        Assert.Equal(3, world.Gateway.Texts.Count);
        var told = await world.Bus.WaitForAsync<NumberFailed>(seen => seen.NumberId == order.Id, Token);
        Assert.Equal(("verify", number.Number), (told.Step, told.Number));

        world.Gateway.State = _ => new VerificationTextState(VerificationTextProgress.Delivered, null);
        await world.AskAsync<VerifyNumber, NumberView>(new VerifyNumber(NumberWorld.Organisation, order.Id));
        await world.UntilAllAsync(again => again.Stage == NumberStage.Ready, "a number that is Ready after all");
    }

    [Fact]
    public async Task Text_ThatIsSent_IsEnoughWhereTheOwnerSaysSo()
    {
        await using var world = await NumberWorld.StartAsync(("Numbers:VerifiedWhen", "Sent"));
        world.Gateway.State = _ => new VerificationTextState(VerificationTextProgress.Sent, null);

        await world.BuyAsync();
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");

        Assert.Single(world.Gateway.Texts);
    }

    [Fact]
    public async Task Text_ThatFailsForANumberNotRegisteredYet_IsRepeatedLaterWithoutCountingATry()
    {
        await using var world = await NumberWorld.StartAsync();
        world.Gateway.State = id => world.Gateway.Texts.Count < 6 || id != world.Gateway.Texts[^1].MessageId
            ? new VerificationTextState(VerificationTextProgress.Failed, 30034)
            : new VerificationTextState(VerificationTextProgress.Delivered, null);
        var began = world.Clock.GetUtcNow();

        await world.BuyAsync();
        await world.UntilAllAsync(number => number.Reason == "a2p-pending", "a number that waits");
        Assert.All(await world.NumbersAsync(), number => Assert.Equal(
            (30034, 0, NumberStage.Attached), (number.ErrorCode, number.Tries, number.Stage)));
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");

        Assert.Equal(6, world.Gateway.Texts.Count);
        Assert.True(world.Clock.GetUtcNow() - began >= TimeSpan.FromMinutes(75));
    }

    [Fact]
    public async Task Text_ThatFailsForAnotherReason_FailsTheNumberWithTheCode()
    {
        await using var world = await NumberWorld.StartAsync();
        world.Gateway.State = _ => new VerificationTextState(VerificationTextProgress.Failed, 30007);

        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Failed, "a number that failed");

        var number = await world.NumberAsync(order.Id);
        Assert.Equal(("verify", "verification-failed", 30007), (number.FailedStep, number.Reason, number.ErrorCode));
        Assert.Equal(VerificationStatus.Failed, number.VerificationStatus);
    }

    [Fact]
    public async Task Number_WhereVerificationIsOff_IsReadyOnceItIsAttached()
    {
        await using var world = await NumberWorld.StartAsync(("Numbers:Verification", "Off"));

        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");

        Assert.Empty(world.Gateway.Texts);
        var refused = Assert.IsType<Refused>(
            await world.AskAsync<VerifyNumber, NumberView>(new VerifyNumber(NumberWorld.Organisation, order.Id)));
        Assert.Equal("verification-off", refused.Problem);
    }
}
