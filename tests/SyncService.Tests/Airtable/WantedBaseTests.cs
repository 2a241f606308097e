using System.Runtime.CompilerServices;
using System.Text.Json;
using PhoneMasking.SyncService.Airtable;

namespace PhoneMasking.SyncService.Tests.Airtable;

public sealed class WantedBaseTests
{
    // A git worktree lies one folder deeper than a clone.
    private static readonly string[] Beside = ["../../../..", "../../../../.."];

    [Fact]
    public async Task Base_AgainstTheSchemaItWasTakenFrom_IsTheSame()
    {
        var file = Beside.Select(folder => Path.Combine(Folder(), folder, "shared/data/airtable-schema.json"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(file is null, "The schema that the product was specified with is not on this machine.");

        using var schema = JsonDocument.Parse(await File.ReadAllBytesAsync(file!, TestContext.Current.CancellationToken));

        Assert.Equal(
            schema.RootElement.GetProperty("tables").EnumerateArray().SelectMany(Describe),
            WantedBase.Tables.SelectMany(Describe));
    }

    [Fact]
    public void Links_LeadBackToEachOther_AndOneSideIsMade() => Assert.All(
        WantedBase.Tables.SelectMany(table => table.Fields.Where(field => field.Link is not null), (table, field) => (table, field)),
        one =>
        {
            var other = WantedBase.Of(one.field.Link!.Table).Fields.Single(field => field.Name == one.field.Link.OtherSide);
            Assert.Equal((one.table.Name, one.field.Name), (other.Link!.Table, other.Link.OtherSide));
            Assert.NotEqual(one.field.Link.IsMade, other.Link.IsMade);
        });

    private static IEnumerable<string> Describe(JsonElement table) =>
    [
        $"{Text(table, "name")} {Text(table, "environmentVariable")} {Text(table, "primaryField")} {Text(table, "description")}",
        .. table.GetProperty("fields").EnumerateArray().Select(field => Describe(
            Text(table, "name"),
            Text(field, "name"),
            Text(field, "type"),
            field.TryGetProperty("options", out var options) && options.TryGetProperty("choices", out var choices)
                ? choices.EnumerateArray().Select(choice => Text(choice, "name"))
                : null,
            field.TryGetProperty("options", out options) && options.TryGetProperty("precision", out var precision)
                ? precision.GetInt32()
                : null,
            Text(field, "linkedTable"))),
    ];

    private static IEnumerable<string> Describe(WantedTable table) =>
    [
        $"{table.Name} {table.Setting} {table.Fields[0].Name} {table.Description}",
        .. table.Fields.Select(field => Describe(
            table.Name,
            field.Name,
            field.Type,
            field.Options?.Choices?.Select(choice => choice.Name),
            field.Options?.Precision,
            field.Link?.Table)),
    ];

    private static string Describe(
        string? table, string? name, string? type, IEnumerable<string?>? choices, int? precision, string? linked) =>
        $"{table} / {name}: {type} [{string.Join('|', choices ?? [])}] {precision} {linked}";

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
