namespace PhoneMasking.Airtable.Records;

/// <summary>What became of records that were updated or created.</summary>
/// <param name="Records">All of them as they are now, in the order they were given.</param>
/// <param name="Created">The ids of those that were created.</param>
/// <param name="Updated">The ids of those that were there.</param>
public sealed record UpsertedRecords(
    IReadOnlyList<AirtableRecord> Records,
    IReadOnlyList<string> Created,
    IReadOnlyList<string> Updated);
