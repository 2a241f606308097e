using System.Text.Json.Nodes;
using PhoneMasking.Airtable.Records;
using PhoneMasking.Airtable.Tests.Loopback;

namespace PhoneMasking.Airtable.Tests.Records;

public sealed class RecordWriteTests
{
    private const string Table = SimulatedBase.Contacts;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(25, 3)]
    public async Task Records_OfAnyNumber_AreCreatedTenAtATimeInOrder(int count, int calls)
    {
        await using var world = await SimulatedBase.StartAsync();

        var created = await CreateAsync(world, count);

        Assert.Equal(Enumerable.Range(0, count), created.Select(record => record.Fields["Visits"].GetInt32()));
        Assert.Equal(calls, await world.CallsAsync("airtableCreate"));
    }

    [Fact]
    public async Task Records_AreChangedFieldByField_AndDeleted()
    {
        await using var world = await SimulatedBase.StartAsync();
        var created = await CreateAsync(world, 12);

        var changed = await world.Api.UpdateRecordsAsync(
            world.At,
            Table,
            [.. created.Select(record => new RecordChange(record.Id, new JsonObject { ["Status"] = "Left", ["Phone"] = null }))],
            false,
            Cancelled);
        await world.Api.DeleteRecordsAsync(world.At, Table, [.. created.Skip(1).Select(record => record.Id)], Cancelled);

        Assert.All(changed, record => Assert.Equal(["Name", "Status", "Visits"], record.Fields.Keys.Order()));
        Assert.Equal([created[0].Id], (await AllAsync(world)).Select(record => record.Id));
        Assert.Equal(2, await world.CallsAsync("airtableUpdate"));
        Assert.Equal(2, await world.CallsAsync("airtableDelete"));
    }

    [Fact]
    public async Task Upsert_ChangesWhatIsThereAndCreatesTheRest()
    {
        await using var world = await SimulatedBase.StartAsync();
        var there = await CreateAsync(world, 3);

        var outcome = await world.Api.UpsertRecordsAsync(
            world.At,
            Table,
            ["Name"],
            [.. Enumerable.Range(2, 11).Select(number => new JsonObject { ["Name"] = $"Person {number}", ["Visits"] = 100 })],
            false,
            Cancelled);

        Assert.Equal([there[2].Id], outcome.Updated);
        Assert.Equal(10, outcome.Created.Count);
        Assert.Equal(11, outcome.Records.Count);
        Assert.Equal([0, 1, .. Enumerable.Repeat(100, 11)], (await AllAsync(world)).Select(record => record.Fields["Visits"].GetInt32()));
        Assert.Equal(2, await world.CallsAsync("airtableUpdate"));
    }

    [Fact]
    public async Task Upsert_OfARecordThatIsThereTwice_IsRefused()
    {
        await using var world = await SimulatedBase.StartAsync();
        await world.Api.CreateRecordsAsync(world.At, Table, [Person("Maria"), Person("Maria")], false, Cancelled);

        var failure = await FailAsync(() =>
            world.Api.UpsertRecordsAsync(world.At, Table, ["Name"], [Person("Maria")], false, Cancelled));

        Assert.Equal(AirtableFailure.Invalid, failure.Failure);
    }

    [Fact]
    public async Task Upsert_WithoutAValueToMergeOn_IsRefusedHereNamingTheFieldOnly()
    {
        await using var client = new Client("http://127.0.0.1:9");

        var failure = await Assert.ThrowsAsync<ArgumentException>(() => client.Api.UpsertRecordsAsync(
            client.Base, Table, ["Phone"], [Person("Maria")], false, Cancelled));

        Assert.Contains("Phone", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Maria", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.Api.UpsertRecordsAsync(
            client.Base, Table, ["A", "B", "C", "D"], [], false, Cancelled));
    }

    [Theory]
    [InlineData("Shoe size", "42", "UNKNOWN_FIELD_NAME")]
    [InlineData("Visits", "\"many\"", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Since", "\"yesterday\"", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Name", "{\"first\": \"Maria\"}", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Status", "\"Asleep\"", "INVALID_MULTIPLE_CHOICE_OPTIONS")]
    public async Task Value_ThatDoesNotFit_IsRefusedAndNothingOfTheBatchIsWritten(string field, string value, string type)
    {
        await using var world = await SimulatedBase.StartAsync();

        var failure = await FailAsync(() => world.Api.CreateRecordsAsync(
            world.At, Table, [Person("Maria"), new JsonObject { [field] = JsonNode.Parse(value) }], false, Cancelled));

        Assert.Equal((AirtableFailure.Invalid, type, 422), (failure.Failure, failure.Error?.Type, failure.Error?.HttpStatus));
        Assert.False(failure.IsTransient);
        Assert.Empty(await AllAsync(world));
    }

    [Fact]
    public async Task Typecast_ConvertsTextsAndAddsChoices()
    {
        await using var world = await SimulatedBase.StartAsync();

        var record = Assert.Single(await world.Api.CreateRecordsAsync(
            world.At, Table, [new JsonObject { ["Visits"] = "7", ["Status"] = "On holiday" }], true, Cancelled));

        Assert.Equal(7, record.Fields["Visits"].GetInt32());
        var status = Assert.Single(await world.Api.ListTablesAsync(world.At, Cancelled)).Fields.Single(field => field.Name == "Status");
        Assert.Equal(["Active", "Left", "On holiday"], status.Options!.Choices!.Select(choice => choice.Name));
    }

    [Fact]
    public async Task Batch_ThatFails_LeavesThoseBeforeItAndSaysHowMany()
    {
        await using var world = await SimulatedBase.StartAsync();
        var records = Enumerable.Range(0, 15).Select(number => Person($"Person {number}")).ToList();
        records[12] = new JsonObject { ["Shoe size"] = 42 };

        var failure = await FailAsync(() => world.Api.CreateRecordsAsync(world.At, Table, records, false, Cancelled));

        Assert.Equal(10, failure.RecordsDone);
        Assert.Equal(10, (await AllAsync(world)).Count);
    }

    [Fact]
    public async Task Values_AreInNoLogAndNoMessage()
    {
        await using var world = await SimulatedBase.StartAsync();

        var failure = await FailAsync(() => world.Api.CreateRecordsAsync(
            world.At, Table, [new JsonObject { ["Name"] = "Maria", ["Status"] = "+13035550142" }], false, Cancelled));

        var said = $"{failure} {failure.Error} {string.Join(' ', world.Client.Log.Lines)}";
        Assert.DoesNotContain("+13035550142", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Maria", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Client.Token, said, StringComparison.Ordinal);
    }

    private static JsonObject Person(string name) => new() { ["Name"] = name };

    private static Task<IReadOnlyList<AirtableRecord>> CreateAsync(SimulatedBase world, int count) => world.Api.CreateRecordsAsync(
        world.At,
        Table,
        [
            .. Enumerable.Range(0, count).Select(number => new JsonObject
            {
                ["Name"] = $"Person {number}",
                ["Phone"] = "+13035550142",
                ["Visits"] = number,
            }),
        ],
        false,
        Cancelled);

    private static async Task<List<AirtableRecord>> AllAsync(SimulatedBase world) =>
        await world.Api.ListRecordsAsync(world.At, Table, new RecordQuery(), Cancelled).ToListAsync(Cancelled);

    private static Task<AirtableApiException> FailAsync(Func<Task> call) => Assert.ThrowsAsync<AirtableApiException>(call);
}
