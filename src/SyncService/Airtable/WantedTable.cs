using PhoneMasking.Airtable.Schema;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>A table that the owner's base is to have.</summary>
/// <param name="Name">Its name in the product, and in the base unless a setting says otherwise.</param>
/// <param name="Setting">The environment variable that gives it another name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Fields">Its fields; the first names the records.</param>
internal sealed record WantedTable(string Name, string Setting, string Description, IReadOnlyList<WantedField> Fields);

/// <summary>A field that a table is to have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type at Airtable.</param>
/// <param name="Options">What belongs to the type, when the field is made.</param>
internal sealed record WantedField(string Name, string Type, FieldOptions? Options = null)
{
    /// <summary>Of a formula, which only people can make: what it says.</summary>
    public string? Formula { get; init; }

    /// <summary>Of a link: where it leads.</summary>
    public WantedLink? Link { get; init; }

    /// <summary>Whether it can be made together with its table.</summary>
    public bool IsPlain => Formula is null && Link is null;
}

/// <summary>Where a link leads. Airtable makes both sides of a link at once.</summary>
/// <param name="Table">The name, in the product, of the table whose records are linked.</param>
/// <param name="OtherSide">The name of the link's other side, a field of that table.</param>
/// <param name="IsMade">Whether this is the side that we make; the other comes with it.</param>
internal sealed record WantedLink(string Table, string OtherSide, bool IsMade);
