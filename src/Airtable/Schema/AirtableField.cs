namespace PhoneMasking.Airtable.Schema;

/// <summary>A field of a table.</summary>
public sealed record AirtableField
{
    /// <summary>The field's id, <c>fld</c> and 14 letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>The field's type, such as <c>singleLineText</c>: see <see cref="FieldTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What belongs to the type, if anything does.</summary>
    public FieldOptions? Options { get; init; }
}
