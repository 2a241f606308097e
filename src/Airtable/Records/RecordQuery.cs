namespace PhoneMasking.Airtable.Records;

/// <summary>Which records of a table are read, and what of them.</summary>
public sealed record RecordQuery
{
    /// <summary>Only records for which this is true. Default: all.</summary>
    public Formula? Filter { get; init; }

    /// <summary>The names of the fields that are read. Default: all.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Records in one answer, 1 to 100. Default: 100, which takes the fewest calls.</summary>
    public int PageSize { get; init; } = IAirtableApi.MostRecordsPerPage;
}
