using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

using PhoneMasking.Airtable.Records;
using PhoneMasking.Airtable.Schema;
using PhoneMasking.Airtable.Transport;

namespace PhoneMasking.Airtable;

/// <summary>Talks to Airtable's Web API over HTTPS.</summary>
internal sealed class AirtableApi(AirtableTransport transport) : IAirtableApi
{
    public async IAsyncEnumerable<AirtableRecord> ListRecordsAsync(
        AirtableBase at,
        string table,
        RecordQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, IAirtableApi.MostRecordsPerPage, nameof(query));

        string? offset = null;
        do
        {
            var call = ListCall.Of(at, table, query, offset);
            var page = await transport.AskAsync(call, AirtableJson.Default.RecordPage, cancellationToken);
            foreach (var record in page.Records)
            {
                yield return record;
            }

            offset = page.Offset is not { Length: > 0 } next ? null
                : next != offset ? next
                : throw new AirtableApiException(
                    call.Operation, AirtableFailure.Unreadable, "the next page is the same page", null, false, null);
        }
        while (offset is not null);
    }

    public Task<IReadOnlyList<AirtableRecord>> CreateRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<JsonObject> records,
        bool typecast,
        CancellationToken cancellationToken) =>
        WriteAsync(
            new("creating records", at, HttpMethod.Post, Records(at, table), null, IsRepeatable: false),
            [.. records.Select(fields => new WrittenRecord(null, fields))],
            typecast,
            cancellationToken);

    public Task<IReadOnlyList<AirtableRecord>> UpdateRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<RecordChange> changes,
        bool typecast,
        CancellationToken cancellationToken) =>
        WriteAsync(
            new("updating records", at, HttpMethod.Patch, Records(at, table), null, IsRepeatable: true),
            [.. changes.Select(change => new WrittenRecord(change.Id, change.Fields))],
            typecast,
            cancellationToken);

    public async Task<UpsertedRecords> UpsertRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<string> mergeOn,
        IReadOnlyList<JsonObject> records,
        bool typecast,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mergeOn);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfZero(mergeOn.Count, nameof(mergeOn));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mergeOn.Count, IAirtableApi.MostMergeFields, nameof(mergeOn));
        if (mergeOn.FirstOrDefault(field => records.Any(record => record[field] is null)) is { } missing)
        {
            throw new ArgumentException($"A record has no value in {missing}, by which it is to be found.", nameof(records));
        }

        var created = new List<string>();
        var updated = new List<string>();
        var written = await InBatchesAsync<WrittenRecord, AirtableRecord>(
            [.. records.Select(fields => new WrittenRecord(null, fields))],
            async batch =>
            {
                var body = Json(new WriteBody(batch, typecast ? true : null, new MergeFields(mergeOn)));
                var page = await transport.AskAsync(
                    new("upserting records", at, HttpMethod.Patch, Records(at, table), body, IsRepeatable: true),
                    AirtableJson.Default.RecordPage,
                    cancellationToken);
                created.AddRange(page.CreatedRecords ?? []);
                updated.AddRange(page.UpdatedRecords ?? []);
                return page.Records;
            });
        return new UpsertedRecords(written, created, updated);
    }

    public Task DeleteRecordsAsync(
        AirtableBase at,
        string table,
        IReadOnlyList<string> recordIds,
        CancellationToken cancellationToken) =>
        InBatchesAsync(
            recordIds,
            async batch =>
            {
                var query = string.Join('&', batch.Select(id => $"records[]={Uri.EscapeDataString(id)}"));
                var answer = await transport.AskAsync(
                    new("deleting records", at, HttpMethod.Delete, new($"{Records(at, table)}?{query}"), null, IsRepeatable: false),
                    AirtableJson.Default.DeletedList,
                    cancellationToken);
                return answer.Records;
            });

    public async Task<IReadOnlyList<AirtableTable>> ListTablesAsync(AirtableBase at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(at);
        var list = await transport.AskAsync(
            new("reading the tables", at, HttpMethod.Get, at.Tables(), null, IsRepeatable: true),
            AirtableJson.Default.TableList,
            cancellationToken);
        return list.Tables;
    }

    public Task<AirtableTable> CreateTableAsync(AirtableBase at, NewTable table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(table);
        var body = JsonSerializer.SerializeToUtf8Bytes(table, AirtableJson.Default.NewTable);
        return transport.AskAsync(
            new("making a table", at, HttpMethod.Post, at.Tables(), body, IsRepeatable: false),
            AirtableJson.Default.AirtableTable,
            cancellationToken);
    }

    public Task<AirtableField> CreateFieldAsync(
        AirtableBase at,
        string tableId,
        NewField field,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(field);
        var body = JsonSerializer.SerializeToUtf8Bytes(field, AirtableJson.Default.NewField);
        return transport.AskAsync(
            new("making a field", at, HttpMethod.Post, at.Tables(tableId, "fields"), body, IsRepeatable: false),
            AirtableJson.Default.AirtableField,
            cancellationToken);
    }

    public Task RenameFieldAsync(
        AirtableBase at,
        string tableId,
        string fieldId,
        string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(at);
        var body = JsonSerializer.SerializeToUtf8Bytes(new NameBody(name), AirtableJson.Default.NameBody);
        return transport.AskAsync(
            new("renaming a field", at, HttpMethod.Patch, at.Tables(tableId, "fields", fieldId), body, IsRepeatable: true),
            AirtableJson.Default.AirtableField,
            cancellationToken);
    }

    private static async Task<IReadOnlyList<TResult>> InBatchesAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write)
    {
        var written = new List<TResult>(items.Count);
        var done = 0;
        try
        {
            foreach (var batch in items.Chunk(IAirtableApi.MostRecordsPerWrite))
            {
                written.AddRange(await write(batch));
                done += batch.Length;
            }
        }
        catch (AirtableApiException failure)
        {
            failure.RecordsDone = done;
            throw;
        }

        return written;
    }

    private static Uri Records(AirtableBase at, string table)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        return at.Records(table);
    }

    private static byte[] Json(WriteBody body) => JsonSerializer.SerializeToUtf8Bytes(body, AirtableJson.Default.WriteBody);

    private Task<IReadOnlyList<AirtableRecord>> WriteAsync(
        AirtableCall call,
        IReadOnlyList<WrittenRecord> records,
        bool typecast,
        CancellationToken cancellationToken) =>
        InBatchesAsync(
            records,
            async batch =>
            {
                var body = Json(new WriteBody(batch, typecast ? true : null));
                var page = await transport.AskAsync(
                    call with { Body = body }, AirtableJson.Default.RecordPage, cancellationToken);
                return page.Records;
            });
}
