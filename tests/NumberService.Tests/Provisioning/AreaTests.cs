using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.Provisioning.World;

namespace PhoneMasking.NumberService.Tests.Provisioning;

/// <summary>Where numbers are looked for, in which order.</summary>
public sealed class AreaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_OfAnAreaCode_SearchesItFirst()
    {
        await using var world = await NumberWorld.StartAsync();

        await world.BuyAsync(areaCode: "970");
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");

        Assert.StartsWith("+1970", Assert.Single(await world.Simulator.NumbersAsync()).Number, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_BeyondTheStock_GoFromAreaToAreaAndThenFailWithOneAlert()
    {
        await using var world = await NumberWorld.StartAsync();
        await SellAsync(world, ("303", 1), ("720", 1), ("983", 0), ("719", 1), ("970", 0));

        await world.BuyAsync(5);
        await world.UntilAllAsync(
            number => number.Stage is NumberStage.Ready or NumberStage.Failed, "an end of all orders");

        Assert.Equal(
            ["+1303", "+1719", "+1720"],
            (await world.Simulator.NumbersAsync()).Select(number => number.Number[..5]).Order());
        var failed = (await world.NumbersAsync()).Where(number => number.Stage == NumberStage.Failed).ToArray();
        Assert.Equal(2, failed.Length);
        Assert.All(failed, number => Assert.Equal(
            ("buy", "no-numbers-in-area"), (number.FailedStep, number.Reason)));
        await world.Bus.WaitForAsync<NumberFailed>(_ => true, Token);
        await world.PublishedAsync();
        Assert.Single(world.Bus.Kept<NumberFailed>());
    }

    [Fact]
    public async Task Order_ForASitter_ThatFails_IsToldWithTheSittersName()
    {
        await using var world = await NumberWorld.StartAsync();
        await SellAsync(world, ("303", 0), ("720", 0), ("983", 0), ("719", 0), ("970", 0));

        var (sitter, number) = await world.OrderForSitterAsync("Ana Alvarez");
        await world.UntilAllAsync(order => order.Stage == NumberStage.Failed, "an order that failed");

        var told = await world.Bus.WaitForAsync<NumberFailed>(seen => seen.NumberId == number, Token);
        Assert.Equal((sitter, "Ana Alvarez"), (told.SitterId, told.SitterName));
    }

    [Fact]
    public async Task Order_ForASitter_ThatIsReady_IsToldAsPathBWants()
    {
        await using var world = await NumberWorld.StartAsync();

        var (sitter, number) = await world.OrderForSitterAsync("Ben Brooks");
        await world.UntilAllAsync(order => order.Stage == NumberStage.Ready, "a number that is Ready");

        var bought = (await world.NumberAsync(number)).Number;
        var ready = await world.Bus.WaitForAsync<SitterNumberReady>(seen => seen.SitterId == sitter, Token);
        Assert.Equal(("Ben Brooks", number, bought), (ready.SitterName, ready.NumberId, ready.Number));
        var changed = await world.Bus.WaitForAsync<SitterChanged>(seen => seen.SitterId == sitter, Token);
        Assert.Equal((number, bought, 2), (changed.ReservedNumberId, changed.ReservedNumber, changed.Version));

        await world.AskAsync<VerifyNumber, NumberView>(new VerifyNumber(NumberWorld.Organisation, number));
        await world.UntilAllAsync(again => again.Stage == NumberStage.Ready && again.Version > 5, "a second verification");
        await world.PublishedAsync();
        Assert.Single(world.Bus.Kept<SitterNumberReady>());
    }

    private static async Task SellAsync(NumberWorld world, params (string AreaCode, int Count)[] stock)
    {
        foreach (var (areaCode, count) in stock)
        {
            await world.Simulator.SendAsync(HttpMethod.Put, $"stock/{areaCode}", new { count });
        }
    }
}
