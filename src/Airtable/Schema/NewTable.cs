namespace PhoneMasking.Airtable.Schema;

/// <summary>A table that is to be made.</summary>
/// <param name="Name">Its name, which no other table of the base has.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Fields">Its fields, at least one; the first names the records.</param>
public sealed record NewTable(string Name, string? Description, IReadOnlyList<NewField> Fields);

/// <summary>A field that is to be made.</summary>
/// <param name="Name">Its name, which no other field of the table has.</param>
/// <param name="Type">Its type: see <see cref="FieldTypes"/>.</param>
/// <param name="Options">What belongs to the type, if anything does.</param>
public sealed record NewField(string Name, string Type, FieldOptions? Options = null);
