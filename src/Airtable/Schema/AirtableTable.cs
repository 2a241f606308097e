namespace PhoneMasking.Airtable.Schema;

/// <summary>A table of a base.</summary>
public sealed record AirtableTable
{
    /// <summary>The table's id, <c>tbl</c> and 14 letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the field that names a record.</summary>
    public string? PrimaryFieldId { get; init; }

    /// <summary>Its fields.</summary>
    public IReadOnlyList<AirtableField> Fields { get; init; } = [];
}
