using PhoneMasking.SyncService.Airtable;

namespace PhoneMasking.SyncService.Tests.Airtable;

public sealed class AirtableCommandTests
{
    private static readonly string[] TableNames = ["Audit Log", "Clients", "Messages", "Number Inventory", "Sitters"];

    [Fact]
    public async Task Command_OnAnEmptyBase_MakesEverythingButWhatTakesAPerson_WithinAirtablesPace()
    {
        await using var world = await AirtableWorld.StartAsync(requestsPerSecond: 5);
        world.Settings.Remove("AirtableApi:RequestsPerSecond");

        var (end, output) = await world.RunAsync("--yes");

        Assert.True(end == AirtableEnd.Waits, output);
        var tables = await world.TablesAsync();
        Assert.Equal(TableNames, tables.Keys.Order());
        foreach (var wanted in WantedBase.Tables)
        {
            Assert.Equal(
                wanted.Fields.Where(field => field.Formula is null).Select(field => (field.Name, field.Type)).Order(),
                tables[wanted.Name].Select(field => (field.Key, field.Value)).Order());
        }

        Assert.Contains("Clients / Created (Airtable): add a field of type Formula: CREATED_TIME()", output, StringComparison.Ordinal);
        Assert.Contains("Number Inventory / Updated At: add a field of type Formula: LAST_MODIFIED_TIME()", output, StringComparison.Ordinal);
        Assert.Equal(0, await world.CallsAsync("airtableTables", "rateLimited"));
        Assert.Equal(0, await world.CallsAsync("airtableRenameField", "calls"));
    }

    [Fact]
    public async Task Command_Repeated_ChangesNothing_AndEndsWithAllWhenTheRestIsDoneByHand()
    {
        await using var world = await AirtableWorld.StartAsync();
        await world.RunAsync("--yes");
        var made = (await world.CallsAsync("airtableCreateTable", "calls"), await world.CallsAsync("airtableCreateField", "calls"));

        var again = await world.RunAsync();
        await world.DoByHandAsync();
        var complete = await world.RunAsync();

        Assert.True(again.End == AirtableEnd.Waits, again.Output);
        Assert.True(complete.End == AirtableEnd.Complete, complete.Output);
        Assert.Contains("The base has everything.", complete.Output, StringComparison.Ordinal);
        Assert.Equal(
            made,
            (await world.CallsAsync("airtableCreateTable", "calls"), await world.CallsAsync("airtableCreateField", "calls")));
    }

    [Fact]
    public async Task DryRun_ShowsWhatIsMissingAndChangesNothing()
    {
        await using var world = await AirtableWorld.StartAsync();

        var (end, output) = await world.RunAsync("--dry-run");

        Assert.Equal(AirtableEnd.Waits, end);
        Assert.Contains("it would make 5 tables and 53 fields", output, StringComparison.Ordinal);
        Assert.Empty(await world.TablesAsync());
    }

    [Fact]
    public async Task Command_WithoutYesAndWithoutATerminal_MakesNothing()
    {
        await using var world = await AirtableWorld.StartAsync();

        var (end, output) = await world.RunAsync();

        Assert.Equal(AirtableEnd.WrongUsage, end);
        Assert.Contains("--yes", output, StringComparison.Ordinal);
        Assert.Empty(await world.TablesAsync());
    }

    [Fact]
    public async Task Command_OnABaseThatIsHalfDone_AddsTheRestAndLeavesWhatIsThere()
    {
        await using var world = await AirtableWorld.StartAsync();
        await world.MakeTableAsync("Holidays", Text("Day"));
        var sitters = await world.MakeTableAsync("Sitters", Text("Full Name"), Text("Favourite animal"), Text("Label"));
        await world.MakeTableAsync("Clients", Text("Name"), new
        {
            name = "Linked Sitter",
            type = "multipleRecordLinks",
            options = new { linkedTableId = sitters },
        });

        var (end, output) = await world.RunAsync("--yes");

        Assert.True(end == AirtableEnd.Waits, output);
        var tables = await world.TablesAsync();
        Assert.Equal(["Audit Log", "Clients", "Holidays", .. TableNames[2..]], tables.Keys.Order());
        Assert.Equal(14, tables["Sitters"].Count);
        Assert.Equal(11, tables["Clients"].Count);
        Assert.Contains("Sitters / Status", output, StringComparison.Ordinal);
        Assert.Equal(6, await world.CallsAsync("airtableCreateTable", "succeeded"));
    }

    [Fact]
    public async Task Command_WhereTablesHaveOtherNames_NamesBothSidesOfTheLinks()
    {
        await using var world = await AirtableWorld.StartAsync();
        world.Settings["AIRTABLE_CLIENTS_TABLE"] = "Pet owners";
        world.Settings["AIRTABLE_SITTERS_TABLE"] = "Team";
        world.Settings["AIRTABLE_MESSAGES_TABLE"] = "";

        var (end, output) = await world.RunAsync("--yes");
        await world.DoByHandAsync();
        var again = await world.RunAsync("--dry-run");

        Assert.True(end == AirtableEnd.Waits, output);
        Assert.True(again.End == AirtableEnd.Complete, again.Output);
        var tables = await world.TablesAsync();
        Assert.Equal(["Audit Log", "Messages", "Number Inventory", "Pet owners", "Team"], tables.Keys.Order());
        Assert.Contains("Clients", tables["Team"].Keys);
        Assert.DoesNotContain("Pet owners", tables["Team"].Keys);
        Assert.Equal(1, await world.CallsAsync("airtableRenameField", "succeeded"));
    }

    [Fact]
    public async Task Command_OnWhatDiffers_SaysSoAndNeverChangesIt()
    {
        await using var world = await AirtableWorld.StartAsync();
        await world.MakeTableAsync("Audit Log", Text("Event"), Text("Timestamp"), Text("severity"));
        await world.MakeTableAsync("Sitters", Text("Nickname"), Text("Full Name"), Text("Clients"), new
        {
            name = "Status",
            type = "singleSelect",
            options = new { choices = new[] { new { name = "Active" }, new { name = "Asleep" } } },
        });

        var (end, output) = await world.RunAsync("--yes");

        Assert.True(end == AirtableEnd.Failed, output);
        Assert.Contains("Sitters: the primary field is \"Nickname\": make it \"Full Name\"", output, StringComparison.Ordinal);
        Assert.Contains("Sitters / Status: lacks the choices Inactive, Reserved Active: add them", output, StringComparison.Ordinal);
        Assert.Contains("Sitters / Clients: is of type singleLineText, not multipleRecordLinks", output, StringComparison.Ordinal);
        Assert.Contains("Clients / Linked Sitter: cannot be made while \"Clients\" in Sitters is no link", output, StringComparison.Ordinal);
        Assert.Contains("Audit Log / Timestamp: is of type singleLineText, not dateTime", output, StringComparison.Ordinal);
        Assert.Contains("Audit Log / Severity: is named \"severity\"", output, StringComparison.Ordinal);
        var tables = await world.TablesAsync();
        Assert.Equal("singleLineText", tables["Audit Log"]["Timestamp"]);
        Assert.Equal("singleLineText", tables["Sitters"]["Clients"]);
        Assert.DoesNotContain("Linked Sitter", tables["Clients"].Keys);
        Assert.Equal("multipleRecordLinks", tables["Messages"]["Sitter"]);
    }

    [Fact]
    public async Task Command_OnALinkWhoseOtherSideHasAnotherName_AsksForItsRenaming()
    {
        await using var world = await AirtableWorld.StartAsync();
        var clients = await world.MakeTableAsync("Clients", Text("Name"));
        await world.MakeTableAsync("Sitters", Text("Full Name"), new
        {
            name = "Clients",
            type = "multipleRecordLinks",
            options = new { linkedTableId = clients },
        });

        var (end, output) = await world.RunAsync("--yes");

        Assert.Equal(AirtableEnd.Failed, end);
        Assert.Contains("Clients / Linked Sitter: is named \"Sitters\": rename it to \"Linked Sitter\"", output, StringComparison.Ordinal);
        Assert.Contains("Sitters / Clients: its other side in Clients is \"Sitters\"", output, StringComparison.Ordinal);
    }

    private static object Text(string name) => new { name, type = "singleLineText" };
}
