using System.Text.Json.Nodes;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>A field that somebody wants to make, checked as Airtable does.</summary>
internal static class FieldPlan
{
    private static readonly string[] WithoutOptions =
        ["singleLineText", "multilineText", "phoneNumber", "email", "url", "richText"];

    /// <summary>Makes the field, and for a link its other side; nothing when something is wrong.</summary>
    public static AirtableRefusal? Add(JsonObject? wanted, Table table, List<Table> tables)
    {
        var name = (string?)wanted?["name"];
        var type = (string?)wanted?["type"];
        if (string.IsNullOrWhiteSpace(name) || HasField(table, name))
        {
            return AirtableRefusal.Invalid(
                "DUPLICATE_OR_EMPTY_FIELD_NAME", "Field names cannot be empty, and must be unique (case-insensitive).");
        }

        var options = wanted!["options"] as JsonObject;
        if (FindProblem(type, options, tables) is { } problem)
        {
            return problem;
        }

        var own = options?.DeepClone().AsObject();
        var field = new Field(AirtableId.New("fld"), name, type!, own);
        table.Fields.Add(field);
        foreach (var choice in own?["choices"]?.AsArray() ?? [])
        {
            choice!["id"] = AirtableId.New("sel");
        }

        if (type == "multipleRecordLinks")
        {
            AddOtherSide(field, table, BaseStore.Find(tables, (string)own!["linkedTableId"]!)!);
        }

        return null;
    }

    public static bool HasField(Table table, string name) =>
        table.Fields.Exists(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static AirtableRefusal? FindProblem(string? type, JsonObject? options, List<Table> tables)
    {
        var isRight = type switch
        {
            "number" or "percent" => (int?)options?["precision"] is >= 0 and <= 8,
            "singleSelect" or "multipleSelects" => options?["choices"] is JsonArray choices
                && choices.All(choice => choice is JsonObject named && !string.IsNullOrEmpty((string?)named["name"]))
                && choices.Select(choice => (string?)choice!["name"]).Distinct().Count() == choices.Count,
            "date" => HasName(options, "dateFormat"),
            "dateTime" => HasName(options, "dateFormat") && HasName(options, "timeFormat") && options!["timeZone"] is not null,
            "checkbox" => options?["icon"] is not null && options["color"] is not null,
            "multipleRecordLinks" => (string?)options?["linkedTableId"] is { } id && tables.Exists(table => table.Id == id),
            _ when WithoutOptions.Contains(type) => options is null,
            _ => (bool?)null,
        };
        return isRight switch
        {
            true => null,
            false => AirtableRefusal.Invalid("INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE", $"Invalid options for a field of type {type}"),
            null => AirtableRefusal.Invalid(
                "UNSUPPORTED_FIELD_TYPE_FOR_CREATE", "Creating fields of this type is not supported at this time"),
        };
    }

    private static bool HasName(JsonObject? options, string format) => options?[format]?["name"] is not null;

    // Airtable makes the other side by itself, named as the table that it leads back to.
    private static void AddOtherSide(Field field, Table table, Table linked)
    {
        var name = table.Name;
        for (var number = 2; HasField(linked, name); number++)
        {
            name = $"{table.Name} {number}";
        }

        var other = new Field(AirtableId.New("fld"), name, field.Type, new JsonObject
        {
            ["linkedTableId"] = table.Id,
            ["inverseLinkFieldId"] = field.Id,
        });
        linked.Fields.Add(other);
        field.Options!["inverseLinkFieldId"] = other.Id;
    }
}
