using System.Text.Json.Nodes;
using PhoneMasking.Airtable.Records;
using PhoneMasking.Airtable.Tests.Loopback;

namespace PhoneMasking.Airtable.Tests.Records;

public sealed class RecordReadTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(7, 3)]
    public async Task List_OfAnyLength_IsReadPageByPageInOrder(int count, int calls)
    {
        await using var world = await SimulatedBase.StartAsync();
        await FillAsync(world, [.. Enumerable.Range(0, count).Select(number => $"Person {number:00}")]);

        var names = await NamesAsync(world, new RecordQuery { PageSize = 3 });

        Assert.Equal(Enumerable.Range(0, count).Select(number => $"Person {number:00}"), names);
        Assert.Equal(Math.Max(1, calls), await world.CallsAsync("airtableList"));
    }

    [Theory]
    [InlineData("O'Neil")]
    [InlineData(@"back\slash'quote")]
    [InlineData("two\nlines\r\n\tand a tab")]
    [InlineData("say \"hi\"")]
    [InlineData("') OR TRUE() OR ('")]
    [InlineData("Zoë 🐾")]
    public async Task Filter_ForAnyText_FindsThatRecordOnly(string name)
    {
        await using var world = await SimulatedBase.StartAsync();
        await FillAsync(world, ["Maria", name, "Tom"]);

        var found = await NamesAsync(world, new RecordQuery { Filter = Formula.Is("Name", name) });
        var others = await NamesAsync(world, new RecordQuery { Filter = Formula.Not(Formula.Is("Name", name)) });

        Assert.Equal([name], found);
        Assert.Equal(["Maria", "Tom"], others);
    }

    [Fact]
    public async Task Filter_NeverStandsInTheAddress()
    {
        await using var server = await ScriptedAirtable.StartAsync((200, """{"records": []}"""));
        await using var client = new Client(server.Address);

        await client.Api.ListRecordsAsync(
                client.Base, "Contacts", new RecordQuery { Filter = Formula.Is("Phone", "+13035550142") }, Cancelled)
            .ToListAsync(Cancelled);

        Assert.Equal(
            ("POST", "/v0/appSimulator00001/Contacts/listRecords", $"Bearer {Client.Token}"), Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Address_ThatWouldBeTooLong_BecomesABody()
    {
        await using var server = await ScriptedAirtable.StartAsync((200, """{"records": []}"""));
        await using var client = new Client(server.Address);

        await ListAsync(["Name"]);
        await ListAsync([.. Enumerable.Range(0, 500).Select(number => $"A field with a rather long name {number:0000}")]);

        Assert.Equal(["GET", "POST"], server.Requests.Select(request => request.Method));

        Task<List<AirtableRecord>> ListAsync(string[] fields) => client.Api
            .ListRecordsAsync(client.Base, "Contacts", new RecordQuery { Fields = fields }, Cancelled).ToListAsync(Cancelled).AsTask();
    }

    [Fact]
    public async Task Fields_ThatAreNamed_AreTheOnlyOnesRead()
    {
        await using var world = await SimulatedBase.StartAsync();
        await world.Api.CreateRecordsAsync(
            world.At, SimulatedBase.Contacts, [new JsonObject { ["Name"] = "Maria", ["Visits"] = 3 }], false, Cancelled);

        var record = Assert.Single(await world.Api.ListRecordsAsync(
            world.At, SimulatedBase.Contacts, new RecordQuery { Fields = ["Visits"] }, Cancelled).ToListAsync(Cancelled));

        Assert.Equal("Visits", Assert.Single(record.Fields).Key);
        Assert.Equal(3, record.Fields["Visits"].GetInt32());
    }

    [Fact]
    public async Task Page_ThatLeadsToItself_EndsTheReading()
    {
        await using var server = await ScriptedAirtable.StartAsync((200, """{"records": [], "offset": "itrA/recB"}"""));
        await using var client = new Client(server.Address);

        var failure = await Assert.ThrowsAsync<AirtableApiException>(async () => await client.Api
            .ListRecordsAsync(client.Base, "Contacts", new RecordQuery(), Cancelled).ToListAsync(Cancelled));

        Assert.Equal(AirtableFailure.Unreadable, failure.Failure);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Table_ThatIsNotThere_IsForbidden()
    {
        await using var world = await SimulatedBase.StartAsync();

        var failure = await Assert.ThrowsAsync<AirtableApiException>(async () =>
            await world.Api.ListRecordsAsync(world.At, "Nowhere", new RecordQuery(), Cancelled).ToListAsync(Cancelled));

        Assert.Equal(
            (AirtableFailure.Forbidden, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"), (failure.Failure, failure.Error?.Type));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task PageSize_OutOfRange_IsRefusedHere(int size)
    {
        await using var client = new Client("http://127.0.0.1:9");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await client.Api
            .ListRecordsAsync(client.Base, "Contacts", new RecordQuery { PageSize = size }, Cancelled).ToListAsync(Cancelled));
    }

    private static async Task FillAsync(SimulatedBase world, IReadOnlyList<string> names) => await world.Api.CreateRecordsAsync(
        world.At, SimulatedBase.Contacts, [.. names.Select(name => new JsonObject { ["Name"] = name })], false, Cancelled);

    private static async Task<List<string?>> NamesAsync(SimulatedBase world, RecordQuery query) => await world.Api
        .ListRecordsAsync(world.At, SimulatedBase.Contacts, query, Cancelled)
        .Select(record => record.Fields["Name"].GetString())
        .ToListAsync(Cancelled);
}
