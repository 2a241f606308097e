using System.Text.Json.Nodes;

namespace PhoneMasking.Airtable.Records;

/// <summary>New values for a record. <see cref="ToString"/> shows the id only.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Fields">Values by the names of their fields; null empties one, what is not named stays.</param>
public sealed record RecordChange(string Id, JsonObject Fields)
{
    /// <summary>Returns the id.</summary>
    public override string ToString() => $"RecordChange {Id}";
}
