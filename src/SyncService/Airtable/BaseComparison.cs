using PhoneMasking.Airtable.Schema;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>How something that the base is to have stands.</summary>
internal enum Standing
{
    /// <summary>It is there, as it is to be.</summary>
    There,

    /// <summary>It is not there, and can be made.</summary>
    Missing,

    /// <summary>It is not there, and only people can make it.</summary>
    ByHand,

    /// <summary>It is there in another way, or what is there is in its way. Only people can settle that.</summary>
    Differs,
}

/// <summary>How a field stands.</summary>
/// <param name="Wanted">What it is to be.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Why">What differs, or how it is made by hand.</param>
internal sealed record FieldFinding(WantedField Wanted, Standing Standing, string? Why = null);

/// <summary>How a table stands.</summary>
/// <param name="Wanted">What it is to be.</param>
/// <param name="Name">Its name in the base.</param>
/// <param name="There">The table of that name, if there is one.</param>
/// <param name="Trouble">What differs in the table itself.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record TableFinding(
    WantedTable Wanted, string Name, AirtableTable? There, string? Trouble, IReadOnlyList<FieldFinding> Fields)
{
    public IEnumerable<FieldFinding> With(Standing standing) => Fields.Where(field => field.Standing == standing);
}

/// <summary>Holds what the base has against what it is to have. Asks nobody and changes nothing.</summary>
internal sealed class BaseComparison(IReadOnlyList<AirtableTable> there, AirtableSettings settings)
{
    /// <summary>Compares every table.</summary>
    public IReadOnlyList<TableFinding> Compare() => [.. WantedBase.Tables.Select(Compare)];

    /// <summary>The table that the base has for one of the product, by the names of the product.</summary>
    public AirtableTable? Find(string product) => Find(WantedBase.Of(product));

    /// <summary>The field of a name; Airtable does not tell capitals from small letters.</summary>
    public static AirtableField? FindField(AirtableTable? table, string name) =>
        table?.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private string NameOf(string product) => settings.NameOf(WantedBase.Of(product));

    private AirtableTable? Find(WantedTable wanted) => there.FirstOrDefault(
        table => table.Name.Equals(settings.NameOf(wanted), StringComparison.OrdinalIgnoreCase));

    private TableFinding Compare(WantedTable wanted)
    {
        var name = settings.NameOf(wanted);
        var table = Find(wanted);
        return new TableFinding(
            wanted,
            name,
            table,
            table is null ? null : TroubleOf(wanted, name, table),
            [.. wanted.Fields.Select(field => Compare(wanted, field, FindField(table, field.Name)))]);
    }

    private static string? TroubleOf(WantedTable wanted, string name, AirtableTable table)
    {
        var primary = table.Fields.FirstOrDefault(field => field.Id == table.PrimaryFieldId)?.Name;
        return table.Name != name ? $"the table is named \"{table.Name}\": rename it to \"{name}\""
            : primary is not null && !primary.Equals(wanted.Fields[0].Name, StringComparison.OrdinalIgnoreCase)
                ? $"the primary field is \"{primary}\": make it \"{wanted.Fields[0].Name}\""
            : null;
    }

    private FieldFinding Compare(WantedTable table, WantedField wanted, AirtableField? field) => field switch
    {
        null when wanted.Formula is { } formula => new(
            wanted, Standing.ByHand, $"add a field of type Formula: {formula}"),
        null when wanted.Link is { } link => Absent(table, wanted, link),
        null => new(wanted, Standing.Missing),
        _ when field.Name != wanted.Name => new(
            wanted, Standing.Differs, $"is named \"{field.Name}\": rename it to \"{wanted.Name}\""),
        _ when field.Type != wanted.Type => new(wanted, Standing.Differs, $"is of type {field.Type}, not {wanted.Type}"),
        _ when OptionsTrouble(wanted, field) is { } trouble => new(wanted, Standing.Differs, trouble),
        _ => new(wanted, Standing.There),
    };

    private string? OptionsTrouble(WantedField wanted, AirtableField field)
    {
        if (wanted.Link is { } link)
        {
            var linked = Find(link.Table);
            return field.Options?.LinkedTableId is not { } id || linked?.Id != id ? $"links to another table than {NameOf(link.Table)}"
                : SideOf(linked, field.Options.InverseLinkFieldId) is var side && side != link.OtherSide
                    ? $"its other side in {NameOf(link.Table)} is {Named(side)}, not \"{link.OtherSide}\""
                : null;
        }

        var lacking = (wanted.Options?.Choices ?? []).Except(field.Options?.Choices ?? []).ToList();
        return lacking.Count > 0 ? $"lacks the choices {string.Join(", ", lacking.Select(choice => choice.Name))}: add them"
            : wanted.Options?.Precision is { } precision && field.Options?.Precision != precision
                ? $"has {field.Options?.Precision} decimal places, not {precision}"
            : null;
    }

    // A link is made only when neither side is there: else Airtable would add a second pair beside the first.
    private FieldFinding Absent(WantedTable table, WantedField wanted, WantedLink link)
    {
        if (FindField(Find(link.Table), link.OtherSide) is not { } other)
        {
            return new FieldFinding(wanted, Standing.Missing);
        }

        var side = other.Type == FieldTypes.MultipleRecordLinks && other.Options?.LinkedTableId == Find(table)?.Id
            ? SideOf(Find(table), other.Options?.InverseLinkFieldId)
            : null;
        return new FieldFinding(wanted, Standing.Differs, side is null
            ? $"cannot be made while \"{link.OtherSide}\" in {NameOf(link.Table)} is no link to this table: rename that one first"
            : $"is named \"{side}\": rename it to \"{wanted.Name}\"");
    }

    private static string? SideOf(AirtableTable? table, string? fieldId) =>
        table?.Fields.FirstOrDefault(field => field.Id == fieldId)?.Name;

    private static string Named(string? name) => name is null ? "not shown" : $"\"{name}\"";
}
