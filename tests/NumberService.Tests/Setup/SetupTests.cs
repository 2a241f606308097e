using PhoneMasking.NumberService.Setup;
using PhoneMasking.NumberService.Tests.Setup.World;
using PhoneMasking.ServiceDefaults.CommandLine;

namespace PhoneMasking.NumberService.Tests.Setup;

public sealed class SetupTests
{
    private const int Wanted = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setup_OfAnEmptyAccount_EndsWithAllReadyAndAgainBuysNothing()
    {
        await using var world = await SetupWorld.StartAsync();

        var first = await world.RunAsync("setup", "--yes");
        var second = await world.RunAsync("setup", "--yes");

        Assert.True(first.End == SetupEnd.Ready, first.Output);
        Assert.Contains($"All {Wanted} numbers are Ready.", first.Output, StringComparison.Ordinal);
        Assert.True(second.End == SetupEnd.Ready, second.Output);
        Assert.Contains("Nothing to order.", second.Output, StringComparison.Ordinal);
        Assert.Equal(Wanted, (await world.Simulator.NumbersAsync()).Count);
        Assert.Equal(5, await world.CountAsync("stage = 'Ready' AND lifecycle = 'StandbyReserved'"));
        Assert.Equal(3, await world.CountAsync("stage = 'Ready' AND lifecycle = 'Pool' AND verification_status = 'Verified'"));
        Assert.Equal(Wanted, Assert.Single(await world.MessagingServicesAsync()).Numbers);
        Assert.Equal(0, await world.ProxyServicesAsync());
        Assert.Equal(Wanted, world.Gateway!.Texts.Count);
    }

    [Fact]
    public async Task Setup_WithOtherCounts_BuysOnlyWhatIsMissingThen()
    {
        await using var world = await SetupWorld.StartAsync();
        await world.RunAsync("setup", "--yes", "--reserved", "1", "--pool", "2", "--standby", "1");
        Assert.Equal(4, (await world.Simulator.NumbersAsync()).Count);

        world.Settings.Remove("Setup:Pool");
        var more = await world.RunAsync("setup", "--yes", "--reserved=1", "--Setup:Pool=4");

        Assert.True(more.End == SetupEnd.Ready, more.Output);
        Assert.Equal(4, await world.CountAsync("lifecycle = 'Pool'"));
        Assert.Equal(6, (await world.Simulator.NumbersAsync()).Count);
    }

    [Fact]
    public async Task DryRun_ShowsWhatItWouldBuyAndChangesNothing()
    {
        await using var world = await SetupWorld.StartAsync(hasGateway: false);
        world.Settings["Setup:MonthlyPricePerNumber"] = "2.50";
        world.Settings["Setup:NumbersPerCampaign"] = "7";

        var ended = await world.RunAsync("setup", "--dry-run");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Contains("area code 303", ended.Output, StringComparison.Ordinal);
        Assert.Contains("20.00 a month", ended.Output, StringComparison.Ordinal);
        Assert.Contains("8 numbers on one campaign", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Texts for the campaign's form", ended.Output, StringComparison.Ordinal);
        Assert.False(await world.HasSchemaAsync());
        Assert.Empty(await world.Simulator.NumbersAsync());
        Assert.Empty(await world.MessagingServicesAsync());
        Assert.Equal(0, await world.CallsAsync("createProxyService", "succeeded"));
    }

    [Fact]
    public async Task Setup_WithoutYesAndWithoutATerminal_BuysNothing()
    {
        await using var world = await SetupWorld.StartAsync();

        var ended = await world.RunAsync("setup");

        Assert.Equal(SetupEnd.WrongUsage, ended.End);
        Assert.Contains("--yes", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync());
    }

    [Theory]
    [InlineData("--reserved", "-1")]
    [InlineData("--import", "sitter")]
    [InlineData("--engine", "magic")]
    [InlineData("--buy", "5")]
    public async Task Setup_WithAWrongCommandLine_SaysSo(string option, string value)
    {
        await using var output = new StringWriter();

        var code = await CommandLine.OwnerCommands.RunAsync(
            ["setup", option, value], OwnerConsole.Plain(output), null, Token);

        Assert.Equal((int)SetupEnd.WrongUsage, code);
        Assert.Contains("setup --help", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_WithAMissingSetting_NamesIt()
    {
        await using var world = await SetupWorld.StartAsync(hasGateway: false);
        world.Settings["Numbers:VerificationPhone"] = "";

        var ended = await world.RunAsync("setup", "--yes");

        Assert.Equal(SetupEnd.WrongUsage, ended.End);
        Assert.Contains("Numbers:VerificationPhone", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspended", "full", "suspended")]
    [InlineData("active", "trial", "trial account")]
    public async Task Setup_OfAnAccountThatCannotBuy_SaysWhy(string status, string type, string word)
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Put, "account", new { status, type });

        var ended = await world.RunAsync("setup", "--yes");

        Assert.Equal(SetupEnd.Failed, ended.End);
        Assert.Contains(word, ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, await world.CallsAsync("buy", "succeeded"));
    }

    [Fact]
    public async Task Setup_WithoutGateway_BuysNothing()
    {
        await using var world = await SetupWorld.StartAsync(hasGateway: false);

        var ended = await world.RunAsync("setup", "--yes");

        Assert.Equal(SetupEnd.Waits, ended.End);
        Assert.Contains("gateway does not answer", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync());
    }

    [Theory]
    [InlineData("PENDING", "under way at the carriers")]
    [InlineData("NONE", "Texts for the campaign's form")]
    [InlineData("FAILED", "refused")]
    public async Task Setup_WhoseCampaignIsNotApproved_AttachesAndWaitsThenGoesOn(string campaignStatus, string word)
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Put, "a2p", new { campaignStatus });

        var ended = await world.RunAsync("setup", "--yes");

        Assert.True(ended.End == SetupEnd.Waits, ended.Output);
        Assert.Contains(word, ended.Output, StringComparison.Ordinal);
        Assert.Equal(Wanted, Assert.Single(await world.MessagingServicesAsync()).Numbers);
        Assert.Empty(world.Gateway!.Texts);

        await world.Simulator.SendAsync(HttpMethod.Put, "a2p", new { campaignStatus = "VERIFIED" });
        var again = await world.RunAsync("setup", "--yes");

        Assert.True(again.End == SetupEnd.Ready, again.Output);
        Assert.Equal(Wanted, (await world.Simulator.NumbersAsync()).Count);
    }

    [Fact]
    public async Task Setup_WhenNoNumberIsOnSale_FailsAndGoesOnOnceThereIs()
    {
        await using var world = await SetupWorld.StartAsync();
        world.Settings["Numbers:Region"] = "";
        await world.Simulator.SendAsync(HttpMethod.Put, "stock/303", new { count = 2 });
        await world.Simulator.SendAsync(HttpMethod.Put, "stock/720", new { count = 1 });

        var ended = await world.RunAsync("setup", "--yes");

        Assert.True(ended.End == SetupEnd.Failed, ended.Output);
        Assert.Contains("5 failed: No numbers on sale", ended.Output, StringComparison.Ordinal);
        await world.Simulator.SendAsync(HttpMethod.Put, "stock/720", new { count = 20 });
        var again = await world.RunAsync("setup", "--yes");

        Assert.True(again.End == SetupEnd.Ready, again.Output);
        Assert.Equal(Wanted, (await world.Simulator.NumbersAsync()).Count);
    }

    [Fact]
    public async Task Setup_OfAnAccountWithNumbersOfItsOwn_AsksWhatBecomesOfThem()
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Post, "numbers", new { number = "+13035550190" });
        await world.Simulator.SendAsync(HttpMethod.Post, "numbers", new { number = "+13035550191" });

        var asked = await world.RunAsync("setup", "--yes");
        var taken = await world.RunAsync("setup", "--yes", "--import", "pool");

        Assert.Equal(SetupEnd.Waits, asked.End);
        Assert.Contains("+13035550190", asked.Output, StringComparison.Ordinal);
        Assert.True(taken.End == SetupEnd.Ready, taken.Output);
        Assert.Equal(Wanted, (await world.Simulator.NumbersAsync()).Count);
        Assert.Equal(3, await world.CountAsync("lifecycle = 'Pool' AND stage = 'Ready'"));
    }

    [Fact]
    public async Task Setup_WithNumbersThatAreLeftAlone_BuysTheFullCount()
    {
        await using var world = await SetupWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Post, "numbers", new { number = "+13035550190" });

        var ended = await world.RunAsync("setup", "--yes", "--leave-unknown");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Equal(Wanted, await world.CountAsync());
        Assert.Equal(Wanted + 1, (await world.Simulator.NumbersAsync()).Count);
    }
}
