using System.Text.Json.Nodes;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Writes the records of one request: all of them, or none when one is refused.</summary>
internal sealed class RecordWrites(Table table, List<Table> tables, DateTimeOffset now)
{
    private const int Most = 10;
    private const int MostMergeFields = 3;

    private readonly List<Record> _records = [.. table.Records.Select(record => record.Copy())];

    public IResult Create(JsonObject body) => Run(body, (_, _) => (Add(), null), []);

    public IResult Update(JsonObject body) => body["performUpsert"] is JsonObject upsert
        ? Upsert(body, upsert)
        : Run(body, (_, id) => _records.Find(record => record.Id == id) is { } record ? (record, null) : (null, NoSuchRecord()), []);

    public IResult Delete(IReadOnlyList<string?> ids)
    {
        if (ids.Count is 0 or > Most)
        {
            return TooMany();
        }

        if (ids.Any(id => !_records.Exists(record => record.Id == id)))
        {
            return NoSuchRecord();
        }

        table.Records.RemoveAll(record => ids.Contains(record.Id));
        return TypedResults.Json(new JsonObject
        {
            ["records"] = new JsonArray([.. ids.Select(id => new JsonObject { ["id"] = id, ["deleted"] = true })]),
        });
    }

    private static AirtableRefusal TooMany() =>
        AirtableRefusal.Invalid("INVALID_RECORDS", $"You must provide an array of up to {Most} record objects.");

    private static AirtableRefusal NoSuchRecord() =>
        AirtableRefusal.Invalid("ROW_DOES_NOT_EXIST", "There is no record with this id in the table");

    private IResult Upsert(JsonObject body, JsonObject upsert)
    {
        var fields = (upsert["fieldsToMergeOn"] as JsonArray)?.Select(name => table.FindField((string?)name ?? "")).ToList();
        if (fields is not { Count: > 0 and <= MostMergeFields } || fields.Contains(null))
        {
            return AirtableRefusal.Invalid("INVALID_FIELDS_TO_MERGE_ON", "fieldsToMergeOn must be one to three names of fields");
        }

        var created = new JsonArray();
        var updated = new JsonArray();
        return Run(
            body,
            (values, _) =>
            {
                if (fields.Exists(field => values[field!.Name] is null))
                {
                    return (null, AirtableRefusal.Invalid("INVALID_RECORDS", "A record has no value for a field to merge on"));
                }

                var same = _records.FindAll(record => fields.TrueForAll(field =>
                    record.Values.TryGetValue(field!.Id, out var value) && JsonNode.DeepEquals(value, values[field.Name])));
                if (same.Count > 1)
                {
                    return (null, AirtableRefusal.Invalid("INVALID_VALUE_FOR_COLUMN", "More than one record matches"));
                }

                var record = same is [var found] ? found : Add();
                (same is [_] ? updated : created).Add(record.Id);
                return (record, null);
            },
            new() { ["createdRecords"] = created, ["updatedRecords"] = updated });
    }

    private Record Add()
    {
        var record = new Record(AirtableId.New("rec"), now, []);
        _records.Add(record);
        return record;
    }

    private IResult Run(
        JsonObject body,
        Func<JsonObject, string?, (Record? Record, AirtableRefusal? Problem)> locate,
        JsonObject answer)
    {
        if (body["records"] is not JsonArray { Count: > 0 and <= Most } given)
        {
            return TooMany();
        }

        var written = new JsonArray();
        foreach (var item in given)
        {
            var values = item?["fields"] as JsonObject ?? [];
            var (record, problem) = locate(values, (string?)item?["id"]);
            problem ??= Values.Write(values, record!, table, tables, (bool?)body["typecast"] == true);
            if (problem is not null)
            {
                return problem;
            }

            written.Add(record!.ToJson(table.Fields));
        }

        table.Records.Clear();
        table.Records.AddRange(_records);
        answer["records"] = written;
        return TypedResults.Json(answer);
    }
}
