using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.Provisioning.World;

namespace PhoneMasking.NumberService.Tests.Provisioning;

/// <summary>An instance dies, or is only very slow, at a moment; another one goes on. Nothing is bought twice.</summary>
public sealed class CrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Moment.BeforePurchase))]
    [InlineData(nameof(Moment.AfterPurchase))]
    [InlineData(nameof(Moment.BeforeConfiguration))]
    [InlineData(nameof(Moment.AfterConfiguration))]
    public async Task Instance_ThatStopsOnTheWay_LeavesTheNumberToAnotherOne(string moment)
    {
        await using var world = await NumberWorld.CreateAsync();
        HaltingTwilio? halting = null;
        var dying = await world.AddInstanceAsync(twilio => halting = new HaltingTwilio(twilio, Enum.Parse<Moment>(moment)));
        await world.BuyAsync();
        await world.UntilAsync(() => Task.FromResult(halting?.Reached.Task.IsCompleted == true), moment);

        world.Forget(dying);
        await world.AddInstanceAsync();
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");

        // It comes back to life: the number is not its own any more.
        halting!.GoOn();
        await world.UntilAsync(() => Task.FromResult(dying.IsIdle), "the end of the slow step");
        var number = Assert.Single(await world.NumbersAsync());
        Assert.Equal(NumberStage.Ready, number.Stage);
        Assert.Equal(number.Number!.Reveal(), Assert.Single(await world.Simulator.NumbersAsync()).Number);
        Assert.Single(world.Gateway.Texts);
        await world.PublishedAsync();
        Assert.Single(world.Bus.Kept<NumberBought>());
        await dying.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(Moment.BeforeRelease))]
    [InlineData(nameof(Moment.AfterRelease))]
    public async Task Instance_ThatStopsWhileItGivesANumberBack_LeavesItToAnotherOne(string moment)
    {
        await using var world = await NumberWorld.CreateAsync();
        HaltingTwilio? halting = null;
        var dying = await world.AddInstanceAsync(twilio => halting = new HaltingTwilio(twilio, Enum.Parse<Moment>(moment)));
        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");
        await world.AskAsync<RetireNumber, NumberView>(new RetireNumber(NumberWorld.Organisation, order.Id));
        await world.UntilAsync(() => Task.FromResult(halting?.Reached.Task.IsCompleted == true), moment);

        world.Forget(dying);
        await world.AddInstanceAsync();
        await world.UntilAllAsync(number => number is { Stage: NumberStage.Retired, NextStepAt: null }, "a released number");

        Assert.Empty(await world.Simulator.NumbersAsync());
        halting!.GoOn();
        await dying.DisposeAsync();
    }

    [Fact]
    public async Task TwoInstances_WithManyOrdersAndAFlakyTwilio_BuyEachOnce()
    {
        const int Orders = 12;
        await using var world = await NumberWorld.CreateAsync();
        await world.AddInstanceAsync();
        await world.AddInstanceAsync();
        string[] faults = ["acceptReset", "accept500", "e503", "reset"];
        for (var index = 0; index < faults.Length; index++)
        {
            await world.Simulator.BreakAsync(
                new { mode = faults[index], operation = "buy", probability = 0.15, seed = index + 1, calls = 4 });
        }

        await world.BuyAsync(Orders);
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "numbers that are Ready");

        Assert.Equal(
            (await world.NumbersAsync()).Select(number => number.Number!.Reveal()).Order(),
            (await world.Simulator.NumbersAsync()).Select(number => number.Number).Order());
        Assert.Equal(Orders, (await world.Simulator.NumbersAsync()).Count);
        Assert.Equal(Orders, world.Gateway.Texts.Select(text => text.NumberId).Distinct().Count());
        Assert.Equal(Orders, world.Gateway.Texts.Count);
    }

    [Fact]
    public async Task TwoInstances_AtTheEndOfTheDaysBudget_BuyNoMoreUntilItIsOver()
    {
        await using var world = await NumberWorld.CreateAsync();
        await world.AddInstanceAsync(null, ("Numbers:Budget:PerDay", "5"));
        await world.AddInstanceAsync(null, ("Numbers:Budget:PerDay", "5"));
        var began = world.Clock.GetUtcNow();

        await world.BuyAsync(8);
        await world.UntilAllAsync(
            number => number.Stage == NumberStage.Ready || number.Reason == "daily-budget", "what the budget allows");

        Assert.Equal(5, (await world.Simulator.NumbersAsync()).Count);
        await world.Bus.WaitForAsync<NumberFailed>(alert => alert.Reason == "daily-budget", Token);
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "the next day");
        Assert.Equal(8, (await world.Simulator.NumbersAsync()).Count);
        Assert.True(world.Clock.GetUtcNow() - began >= TimeSpan.FromHours(24));
        await world.PublishedAsync();
        Assert.Single(world.Bus.Kept<NumberFailed>());
    }

    [Fact]
    public async Task TwoInstances_AtTheEndOfTheWholeBudget_FailWhatIsLeft()
    {
        await using var world = await NumberWorld.CreateAsync();
        await world.AddInstanceAsync(null, ("Numbers:Budget:Total", "4"));
        await world.AddInstanceAsync(null, ("Numbers:Budget:Total", "4"));

        await world.BuyAsync(7);
        await world.UntilAllAsync(
            number => number.Stage is NumberStage.Ready or NumberStage.Failed, "an end of all orders");

        Assert.Equal(4, (await world.Simulator.NumbersAsync()).Count);
        var failed = (await world.NumbersAsync()).Where(number => number.Stage == NumberStage.Failed).ToArray();
        Assert.Equal(3, failed.Length);
        Assert.All(failed, number => Assert.Equal("total-budget", number.Reason));
        await world.PublishedAsync();
        Assert.Single(world.Bus.Kept<NumberFailed>());
    }
}
