using System.Text.Json.Nodes;

using PhoneMasking.Airtable.Records;
using PhoneMasking.Airtable.Schema;

namespace PhoneMasking.Airtable;

/// <summary>
/// Airtable's Web API: the records and the schema of a base. Thread-safe. Keeps to five requests a second for each base,
/// and leaves a base alone for half a minute after a 429. Everything throws <see cref="AirtableApiException"/> when it
/// does not succeed. Reads, updates, upserts and renaming are retried; creating and deleting only when it is known that
/// nothing was done.
/// </summary>
public interface IAirtableApi
{
    /// <summary>Airtable takes no more records in one write; longer lists are written in several.</summary>
    const int MostRecordsPerWrite = 10;

    /// <summary>Airtable gives no more records in one answer.</summary>
    const int MostRecordsPerPage = 100;

    /// <summary>Airtable takes no longer address; what is longer, and every filter, goes in a body.</summary>
    const int LongestUrl = 16_000;

    /// <summary>Airtable finds records by no more fields than this.</summary>
    const int MostMergeFields = 3;

    /// <summary>Reads records, page after page as they are needed.</summary>
    /// <param name="at">The base.</param>
    /// <param name="table">The table's name or id.</param>
    /// <param name="query">Which records.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<AirtableRecord> ListRecordsAsync(
        AirtableBase at,
        string table,
        RecordQuery query,
        CancellationToken cancellationToken);

    /// <summary>Creates records, ten at a time.</summary>
    /// <param name="at">The base.</param>
    /// <param name="table">The table's name or id.</param>
    /// <param name="records">The values of each, by the names of their fields.</param>
    /// <param name="typecast">Whether Airtable converts texts, and adds choices that are missing.</param>
    /// <param name="cancellationToken">Ends the writing between two batches.</param>
    /// <returns>The records, in the order they were given.</returns>
    Task<IReadOnlyList<AirtableRecord>> CreateRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<JsonObject> records,
        bool typecast,
        CancellationToken cancellationToken);

    /// <summary>Changes records, ten at a time; fields that are not named stay as they are.</summary>
    /// <returns>The records as they are now, in the order they were given.</returns>
    Task<IReadOnlyList<AirtableRecord>> UpdateRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<RecordChange> changes,
        bool typecast,
        CancellationToken cancellationToken);

    /// <summary>Changes the records that are there and creates the others, ten at a time.</summary>
    /// <param name="at">The base.</param>
    /// <param name="table">The table's name or id.</param>
    /// <param name="mergeOn">
    /// Names of one to three fields by which a record is found; every record has them. Airtable refuses a batch in which one
    /// is found twice.
    /// </param>
    /// <param name="records">The values of each, by the names of their fields.</param>
    /// <param name="typecast">Whether Airtable converts texts, and adds choices that are missing.</param>
    /// <param name="cancellationToken">Ends the writing between two batches.</param>
    Task<UpsertedRecords> UpsertRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<string> mergeOn,
        IReadOnlyList<JsonObject> records,
        bool typecast,
        CancellationToken cancellationToken);

    /// <summary>Deletes records, ten at a time.</summary>
    Task DeleteRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<string> recordIds,
        CancellationToken cancellationToken);

    /// <summary>Reads the base's tables with their fields.</summary>
    Task<IReadOnlyList<AirtableTable>> ListTablesAsync(AirtableBase at, CancellationToken cancellationToken);

    /// <summary>Makes a table. Airtable refuses a name that is taken.</summary>
    Task<AirtableTable> CreateTableAsync(AirtableBase at, NewTable table, CancellationToken cancellationToken);

    /// <summary>Makes a field. Airtable refuses a name that is taken.</summary>
    Task<AirtableField> CreateFieldAsync(
        AirtableBase at,
        string tableId,
        NewField field,
        CancellationToken cancellationToken);

    /// <summary>Gives a field another name.</summary>
    Task RenameFieldAsync(
        AirtableBase at,
        string tableId,
        string fieldId,
        string name,
        CancellationToken cancellationToken);
}
