using PhoneMasking.Airtable.Schema;
using PhoneMasking.Airtable.Tests.Loopback;

namespace PhoneMasking.Airtable.Tests.Schema;

public sealed class SchemaTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Table_ThatIsMade_IsReadWithItsFieldsAndOptions()
    {
        await using var world = await SimulatedBase.StartAsync();

        var table = Assert.Single(await world.Api.ListTablesAsync(world.At, Cancelled));

        Assert.Equal(SimulatedBase.Contacts, table.Name);
        Assert.Equal(table.PrimaryFieldId, table.Fields[0].Id);
        Assert.Equal(
            [("Name", "singleLineText"), ("Phone", "phoneNumber"), ("Visits", "number"), ("Since", "date"), ("Status", "singleSelect")],
            table.Fields.Select(field => (field.Name, field.Type)));
        Assert.Equal(0, table.Fields[2].Options!.Precision);
        Assert.Equal([new FieldChoice("Active"), new FieldChoice("Left")], table.Fields[4].Options!.Choices!);
    }

    [Fact]
    public async Task Link_ThatIsMade_HasAnotherSideThatCanBeRenamed()
    {
        await using var world = await SimulatedBase.StartAsync();
        var contacts = Assert.Single(await world.Api.ListTablesAsync(world.At, Cancelled));
        var visits = await world.Api.CreateTableAsync(
            world.At, new NewTable("Visits", null, [new("Day", FieldTypes.SingleLineText)]), Cancelled);

        var link = await world.Api.CreateFieldAsync(
            world.At,
            visits.Id,
            new("Contact", FieldTypes.MultipleRecordLinks, new FieldOptions { LinkedTableId = contacts.Id }),
            Cancelled);
        await world.Api.RenameFieldAsync(world.At, contacts.Id, link.Options!.InverseLinkFieldId!, "Seen on", Cancelled);

        var side = (await world.Api.ListTablesAsync(world.At, Cancelled))[0].Fields[^1];
        Assert.Equal(("Seen on", visits.Id, link.Id), (side.Name, side.Options?.LinkedTableId, side.Options?.InverseLinkFieldId));
    }

    [Theory]
    [InlineData("phone", FieldTypes.PhoneNumber, "DUPLICATE_OR_EMPTY_FIELD_NAME")]
    [InlineData("Made", FieldTypes.Formula, "UNSUPPORTED_FIELD_TYPE_FOR_CREATE")]
    [InlineData("Price", FieldTypes.Number, "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE")]
    public async Task Field_ThatCannotBe_IsRefusedWithItsType(string name, string fieldType, string error)
    {
        await using var world = await SimulatedBase.StartAsync();
        var contacts = Assert.Single(await world.Api.ListTablesAsync(world.At, Cancelled));

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() =>
            world.Api.CreateFieldAsync(world.At, contacts.Id, new(name, fieldType), Cancelled));

        Assert.Equal((AirtableFailure.Invalid, error), (failure.Failure, failure.Error?.Type));
        Assert.False(failure.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Table_WhoseNameIsTaken_IsRefused()
    {
        await using var world = await SimulatedBase.StartAsync();

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => world.Api.CreateTableAsync(
            world.At, new NewTable("CONTACTS", null, [new("Name", FieldTypes.SingleLineText)]), Cancelled));

        Assert.Equal("DUPLICATE_TABLE_NAME", failure.Error?.Type);
    }

    [Fact]
    public async Task Quota_ThatIsUsedUp_StopsRecordsButNotTheSchema()
    {
        await using var world = await SimulatedBase.StartAsync();
        await world.StandAsync(new { quota = false });

        Assert.Single(await world.Api.ListTablesAsync(world.At, Cancelled));
        var failure = await Assert.ThrowsAsync<AirtableApiException>(() =>
            world.Api.CreateRecordsAsync(world.At, SimulatedBase.Contacts, [new() { ["Name"] = "Maria" }], false, Cancelled));

        Assert.Equal(AirtableFailure.QuotaExceeded, failure.Failure);
        Assert.False(failure.IsTransient);
        Assert.Equal(1, await world.CallsAsync("airtableCreate"));
    }
}
