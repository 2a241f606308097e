using System.Text.Json;

namespace PhoneMasking.Airtable.Records;

/// <summary>A row of a table. Its fields hold personal data: <see cref="ToString"/> shows the id only.</summary>
public sealed record AirtableRecord
{
    /// <summary>The record's id, <c>rec</c> and 14 letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset CreatedTime { get; init; }

    /// <summary>Its values by the names of their fields. Empty ones are left out by Airtable.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Returns the id.</summary>
    public override string ToString() => $"AirtableRecord {Id}";
}
