using System.Text.Json.Nodes;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>A field of a table. Changes under the lock of <see cref="BaseStore"/>.</summary>
internal sealed class Field(string id, string name, string type, JsonObject? options)
{
    private static readonly string[] Computed = ["formula", "createdTime", "lastModifiedTime", "autoNumber", "rollup", "count"];

    public string Id { get; } = id;

    public string Name { get; set; } = name;

    public string Type { get; } = type;

    public JsonObject? Options { get; } = options;

    /// <summary>Whether its values come from other fields, so that none can be written.</summary>
    public bool IsComputed => Computed.Contains(Type);

    /// <summary>The choices of a select.</summary>
    public IEnumerable<string> Choices =>
        Options?["choices"]?.AsArray().Select(choice => (string?)choice?["name"] ?? string.Empty) ?? [];

    public void AddChoice(string name) => Options!["choices"]!.AsArray().Add(new JsonObject
    {
        ["id"] = AirtableId.New("sel"),
        ["name"] = name,
    });

    public JsonObject ToJson() => Options is null
        ? new JsonObject { ["id"] = Id, ["name"] = Name, ["type"] = Type }
        : new JsonObject { ["id"] = Id, ["name"] = Name, ["type"] = Type, ["options"] = Options.DeepClone() };
}
