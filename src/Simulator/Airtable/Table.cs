using System.Globalization;
using System.Text.Json.Nodes;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>A table of the base. Changes under the lock of <see cref="BaseStore"/>.</summary>
internal sealed class Table(string name, string? description)
{
    public string Id { get; } = AirtableId.New("tbl");

    public string Name { get; } = name;

    /// <summary>Its fields, the first of which names the records.</summary>
    public List<Field> Fields { get; } = [];

    /// <summary>Its records, in the order in which they were made.</summary>
    public List<Record> Records { get; } = [];

    public Field? FindField(string name) => Fields.Find(field => field.Name == name || field.Id == name);

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["description"] = description,
        ["primaryFieldId"] = Fields[0].Id,
        ["fields"] = new JsonArray([.. Fields.Select(field => field.ToJson())]),
        ["views"] = new JsonArray(),
    };
}

/// <summary>A record.</summary>
/// <param name="id">The record's id.</param>
/// <param name="createdTime">When it was made.</param>
/// <param name="values">Its values, by the ids of their fields.</param>
internal sealed class Record(string id, DateTimeOffset createdTime, Dictionary<string, JsonNode> values)
{
    public string Id { get; } = id;

    public Dictionary<string, JsonNode> Values { get; } = values;

    public Record Copy() => new(Id, createdTime, new(Values));

    /// <summary>The record as Airtable writes it.</summary>
    /// <param name="fields">The fields that are shown; empty ones never are.</param>
    public JsonObject ToJson(IEnumerable<Field> fields) => new()
    {
        ["id"] = Id,
        ["createdTime"] = createdTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["fields"] = new JsonObject(fields
            .Where(field => Values.ContainsKey(field.Id))
            .Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Values[field.Id].DeepClone()))),
    };
}
