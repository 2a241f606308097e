using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.Provisioning.World;

namespace PhoneMasking.NumberService.Tests.Provisioning;

public sealed class PurchaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_OfAPoolNumber_IsBoughtAttachedVerifiedAndReady()
    {
        await using var world = await NumberWorld.StartAsync();

        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");

        Assert.Equal((NumberStatus.Pending, null), (order.Status, order.Number));
        var number = await world.NumberAsync(order.Id);
        var owned = Assert.Single(await world.Simulator.NumbersAsync());
        Assert.Equal((owned.Number, owned.Sid), (number.Number!.Reveal(), number.TwilioSid));
        Assert.Equal("303", owned.Number[2..5]);
        Assert.Equal("https://texts.example.com/webhooks/twilio/messages#rc=5&rp=all", owned.SmsUrl);
        Assert.Equal("https://texts.example.com/webhooks/twilio/messages?fallback=1#rc=5&rp=all", owned.SmsFallbackUrl);
        Assert.Equal(VerificationStatus.Verified, number.VerificationStatus);
        var text = Assert.Single(world.Gateway.Texts);
        Assert.Equal((number.Number, NumberWorld.VerificationPhone), (text.From, text.To));

        var bought = await world.Bus.WaitForAsync<NumberBought>(seen => seen.NumberId == order.Id, Token);
        Assert.Equal((NumberLifecycle.Pool, NumberPurpose.PoolExpansion), (bought.Lifecycle, bought.Purpose));
        await world.Bus.WaitForAsync<NumberChanged>(
            seen => seen.NumberId == order.Id && seen.Status == NumberStatus.Ready, Token);
        await world.PublishedAsync();
        Assert.Empty(world.Bus.Kept<NumberFailed>());
    }

    [Fact]
    public async Task Order_SentTwice_IsOneOrder()
    {
        await using var world = await NumberWorld.StartAsync();
        var request = new BuyNumbers(NumberWorld.Organisation, Guid.CreateVersion7(), NumberLifecycle.StandbyReserved, 2);

        var first = Assert.IsType<OrderedNumbers>(await world.AskAsync<BuyNumbers, OrderedNumbers>(request));
        var second = Assert.IsType<OrderedNumbers>(await world.AskAsync<BuyNumbers, OrderedNumbers>(request));
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "two numbers that are Ready");

        Assert.Equal(first.Numbers.Select(number => number.Id), second.Numbers.Select(number => number.Id));
        Assert.Equal(2, (await world.Simulator.NumbersAsync()).Count);
    }

    [Theory]
    [InlineData(NumberLifecycle.ReservedActive, 1, null, "lifecycle")]
    [InlineData(NumberLifecycle.Dedicated, 1, null, "lifecycle")]
    [InlineData(NumberLifecycle.Pool, 0, null, "count")]
    [InlineData(NumberLifecycle.Pool, 51, null, "count")]
    [InlineData(NumberLifecycle.Pool, 1, "30", "areaCode")]
    [InlineData(NumberLifecycle.Pool, 1, "103", "areaCode")]
    public async Task Order_WithAWrongField_IsRefusedNamingIt(
        NumberLifecycle lifecycle,
        int count,
        string? areaCode,
        string field)
    {
        await using var world = await NumberWorld.StartAsync();
        var request = new BuyNumbers(NumberWorld.Organisation, Guid.CreateVersion7(), lifecycle, count, areaCode);

        var refused = Assert.IsType<Refused>(await world.AskAsync<BuyNumbers, OrderedNumbers>(request));

        Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
        Assert.Empty(await world.NumbersAsync());
    }

    // Each of these takes the purchase and loses its answer, or loses the purchase itself.
    [Theory]
    [InlineData("acceptReset")]
    [InlineData("acceptHang")]
    [InlineData("acceptSlow")]
    [InlineData("accept500")]
    [InlineData("slow")]
    [InlineData("hang")]
    [InlineData("reset")]
    [InlineData("e500")]
    [InlineData("e503")]
    public async Task Purchase_WhoseAnswerIsLost_IsMadeOnceAndGoesOn(string fault)
    {
        await using var world = await NumberWorld.StartAsync();
        await world.Simulator.BreakAsync(new { mode = fault, operation = "buy", calls = 1 });

        await world.BuyAsync(2);
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "two numbers that are Ready");

        var owned = await world.Simulator.NumbersAsync();
        Assert.Equal(
            owned.Select(number => number.Number).Order(),
            (await world.NumbersAsync()).Select(number => number.Number!.Reveal()).Order());
        Assert.Equal(2, owned.Count);
    }

    [Fact]
    public async Task Purchase_PutOffWith429_WaitsAsLongAsAskedAndCountsNoTry()
    {
        await using var world = await NumberWorld.StartAsync();
        await world.Simulator.BreakAsync(new { mode = "e429", operation = "buy", calls = 3, retryAfterSeconds = 20 });
        var began = world.Clock.GetUtcNow();

        await world.BuyAsync();
        await world.UntilAllAsync(number => number.Stage == NumberStage.Bought || number.Stage == NumberStage.Ready, "a purchase");

        Assert.True(world.Clock.GetUtcNow() - began >= TimeSpan.FromSeconds(60));
        Assert.All(await world.NumbersAsync(), number => Assert.Equal(0, number.Tries));
        Assert.Single(await world.Simulator.NumbersAsync());
    }

    [Fact]
    public async Task Purchase_OfANumberThatWasJustSold_TakesAnotherOne()
    {
        await using var world = await NumberWorld.StartAsync();
        await world.Simulator.BreakAsync(new { mode = "e400", operation = "buy", calls = 2, code = 21422 });

        await world.BuyAsync();
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");

        Assert.Equal("+13035550102", Assert.Single(await world.Simulator.NumbersAsync()).Number);
    }

    [Theory]
    [InlineData(21404, "trial-account")]
    [InlineData(22300, "account-restricted")]
    [InlineData(20003, "bad-credentials")]
    public async Task Purchase_RefusedToTheAccount_WaitsWithOneAlertForAllAndGoesOnLater(int code, string reason)
    {
        await using var world = await NumberWorld.StartAsync();
        await world.Simulator.BreakAsync(new { mode = "e400", operation = "buy", code });

        await world.BuyAsync(12);
        await world.UntilAllAsync(number => number.Reason == reason, "orders that wait");

        Assert.All(await world.NumbersAsync(), number => Assert.Equal(
            (NumberStage.Intended, code, 0), (number.Stage, number.ErrorCode, number.Tries)));
        var alert = await world.Bus.WaitForAsync<NumberFailed>(_ => true, Token);
        Assert.Equal(("buy", reason, code), (alert.Step, alert.Reason, alert.ErrorCode));
        await world.PublishedAsync();

        await world.Simulator.SendAsync(HttpMethod.Delete, "faults");
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "twelve numbers that are Ready");

        Assert.Equal(12, (await world.Simulator.NumbersAsync()).Count);
        Assert.Single(world.Bus.Kept<NumberFailed>());
    }

    [Fact]
    public async Task Purchase_RefusedForAnUnknownReason_FailsAfterAFewTriesWithTheCode()
    {
        await using var world = await NumberWorld.StartAsync();
        await world.Simulator.BreakAsync(new { mode = "e400", operation = "buy", code = 21631 });

        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Failed, "an order that failed");

        var number = await world.NumberAsync(order.Id);
        Assert.Equal(("buy", "twilio-refuses", 21631), (number.FailedStep, number.Reason, number.ErrorCode));
        Assert.Null(number.Candidate);

        await world.Simulator.SendAsync(HttpMethod.Delete, "faults");
        await world.AskAsync<AttachNumber, NumberView>(new AttachNumber(NumberWorld.Organisation, order.Id));
        await world.UntilAllAsync(again => again.Stage == NumberStage.Ready, "the order that was made again");
    }
}
