using PhoneMasking.Airtable;
using PhoneMasking.SyncService.Airtable;

namespace PhoneMasking.SyncService.Tests.Airtable;

public sealed class AirtableCommandTroubleTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("airtableCreateTable")]
    [InlineData("airtableCreateField")]
    public async Task Command_InterruptedOnItsWay_GoesOnWhenItIsRunAgain(string operation)
    {
        await using var world = await AirtableWorld.StartAsync();
        await world.MakeTableAsync("Sitters", new { name = "Full Name", type = "singleLineText" });
        await world.BreakAsync(new { mode = "hang", operation });
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var running = world.RunAsync(interrupt.Token, "--yes");
        await world.StruckAsync();
        await interrupt.CancelAsync();
        var interrupted = await running;
        await world.MendAsync();
        var ended = await world.RunAsync("--yes");

        Assert.Equal(AirtableEnd.Interrupted, interrupted.End);
        Assert.True(ended.End == AirtableEnd.Waits, ended.Output);
        await AssertCompleteAsync(world);
    }

    [Theory]
    [InlineData("acceptReset", "airtableCreateTable")]
    [InlineData("accept500", "airtableCreateTable")]
    [InlineData("e503", "airtableCreateTable")]
    [InlineData("acceptReset", "airtableCreateField")]
    [InlineData("reset", "airtableCreateField")]
    [InlineData("acceptReset", "airtableTables")]
    public async Task Step_WhoseAnswerIsLost_IsDoneOnce(string mode, string operation)
    {
        await using var world = await AirtableWorld.StartAsync();
        await world.BreakAsync(new { mode, operation, calls = 1 });

        var (end, output) = await world.RunAsync("--yes");

        Assert.True(end == AirtableEnd.Waits, output);
        await AssertCompleteAsync(world);
    }

    [Fact]
    public async Task Command_WhileAirtableIsAway_SaysSoAndMakesTheRestLater()
    {
        await using var world = await AirtableWorld.StartAsync();
        await world.StandAsync(new { available = false });

        var away = await world.RunAsync("--yes");
        await world.StandAsync(new { available = true });
        var ended = await world.RunAsync("--yes");

        Assert.Equal(AirtableEnd.Waits, away.End);
        Assert.Contains("run this again later", away.Output, StringComparison.Ordinal);
        Assert.True(ended.End == AirtableEnd.Waits, ended.Output);
        await AssertCompleteAsync(world);
    }

    [Fact]
    public async Task Command_WithAWrongToken_ExplainsItAndDoesNotShowIt()
    {
        await using var world = await AirtableWorld.StartAsync();
        world.Settings["AIRTABLE_API_KEY"] = "patSomebodyElse01.abcdef0123456789";

        var (end, output) = await world.RunAsync("--yes");

        Assert.Equal(AirtableEnd.Failed, end);
        Assert.Contains("AIRTABLE_API_KEY (401)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdef0123456789", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "appSimulator00001")]
    [InlineData(true, "appSomethingElse1")]
    public async Task Command_OnABaseThatIsNotGranted_ExplainsIt(bool granted, string baseId)
    {
        await using var world = await AirtableWorld.StartAsync();
        await world.StandAsync(new { granted });
        world.Settings["AIRTABLE_BASE_ID"] = baseId;

        var (end, output) = await world.RunAsync("--dry-run");

        Assert.Equal(AirtableEnd.Failed, end);
        Assert.Contains("AIRTABLE_BASE_ID (403)", output, StringComparison.Ordinal);
        Assert.Contains("schema.bases:write", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AirtableFailure.NotFound, "(404)")]
    [InlineData(AirtableFailure.QuotaExceeded, "this month")]
    [InlineData(AirtableFailure.RateLimited, "slow down")]
    public void Failure_OfAnyKind_IsExplained(AirtableFailure failure, string words) => Assert.Contains(
        words,
        RefusalWords.Explain(new AirtableApiException("reading the tables", failure, "", null, false, null)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("AIRTABLE_BASE_ID", "")]
    [InlineData("AIRTABLE_BASE_ID", "tblSimulator00001")]
    [InlineData("AIRTABLE_BASE_ID", "appSimulator00001/tblSimulator00001")]
    [InlineData("AIRTABLE_API_KEY", "")]
    [InlineData("AIRTABLE_API_KEY", "keySimulator00001")]
    [InlineData("AIRTABLE_API_KEY", "pat with spaces.abc")]
    [InlineData("AIRTABLE_CLIENTS_TABLE", "sitters")]
    [InlineData("AIRTABLE_AUDIT_LOG_TABLE", " Audit")]
    [InlineData("Airtable:ApiBaseUrl", "http://airtable.example.com")]
    [InlineData("AirtableApi:Retries", "99")]
    public async Task Command_WithAWrongSetting_NamesItAndDoesNothing(string setting, string value)
    {
        await using var world = await AirtableWorld.StartAsync();
        world.Settings[setting] = value;

        var (end, output) = await world.RunAsync("--yes");

        Assert.Equal(AirtableEnd.WrongUsage, end);
        Assert.Contains(setting.Split(':')[^1], output, StringComparison.Ordinal);
        Assert.Empty(await world.TablesAsync());
    }

    [Fact]
    public async Task Command_WithoutAnySetting_NamesAllThatAreMissing()
    {
        await using var world = await AirtableWorld.StartAsync();
        world.Settings.Clear();

        var (end, output) = await world.RunAsync();

        Assert.Equal(AirtableEnd.WrongUsage, end);
        Assert.Contains("AIRTABLE_BASE_ID", output, StringComparison.Ordinal);
        Assert.Contains("AIRTABLE_API_KEY", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithAWrongOption_SaysSo()
    {
        await using var world = await AirtableWorld.StartAsync();

        var (end, output) = await world.RunAsync("--delete-everything");

        Assert.Equal(AirtableEnd.WrongUsage, end);
        Assert.Contains("airtable --help", output, StringComparison.Ordinal);
    }

    private static async Task AssertCompleteAsync(AirtableWorld world)
    {
        await world.DoByHandAsync();
        var (end, output) = await world.RunAsync("--dry-run");
        Assert.True(end == AirtableEnd.Complete, output);
        Assert.Equal(WantedBase.Tables.Sum(table => table.Fields.Count), (await world.TablesAsync()).Values.Sum(table => table.Count));
    }
}
