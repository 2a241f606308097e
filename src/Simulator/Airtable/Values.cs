using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Puts values into a record, if they fit the types of its fields.</summary>
internal static class Values
{
    /// <summary>Writes what is given. When one does not fit, nothing is written.</summary>
    /// <param name="given">Values by the names of their fields; null empties one.</param>
    /// <param name="record">The record.</param>
    /// <param name="table">Its table.</param>
    /// <param name="tables">All tables, for links.</param>
    /// <param name="typecast">Whether texts become numbers and new choices.</param>
    public static AirtableRefusal? Write(JsonObject given, Record record, Table table, List<Table> tables, bool typecast)
    {
        var checkedValues = new List<(Field Field, JsonNode? Value)>();
        foreach (var (name, value) in given)
        {
            if (table.FindField(name) is not { } field)
            {
                return AirtableRefusal.UnknownField(name);
            }

            if (field.IsComputed)
            {
                return AirtableRefusal.Invalid(
                    "INVALID_VALUE_FOR_COLUMN", $"Field \"{name}\" cannot accept a value because the field is computed");
            }

            var taken = value is null ? null : Convert(value, field, typecast);
            if (taken is not null && field.Type == "singleSelect" && !field.Choices.Contains((string?)taken) && !typecast)
            {
                return AirtableRefusal.Invalid(
                    "INVALID_MULTIPLE_CHOICE_OPTIONS",
                    $"Insufficient permissions to create new select option \"{taken}\"");
            }

            if (value is not null && (taken is null || !Fits(taken, field, tables)))
            {
                return AirtableRefusal.WrongValue(name);
            }

            checkedValues.Add((field, taken));
        }

        foreach (var (field, value) in checkedValues)
        {
            Put(record, field, value);
        }

        return null;
    }

    private static void Put(Record record, Field field, JsonNode? value)
    {
        if (value is null || (value.GetValueKind() == JsonValueKind.String && (string?)value == string.Empty))
        {
            record.Values.Remove(field.Id);
            return;
        }

        record.Values[field.Id] = value;
        if (field.Type == "singleSelect" && !field.Choices.Contains((string?)value))
        {
            field.AddChoice((string)value!);
        }
    }

    private static JsonNode? Convert(JsonNode value, Field field, bool typecast)
    {
        var isText = value.GetValueKind() == JsonValueKind.String;
        return typecast && isText && field.Type is "number"
            ? decimal.TryParse((string?)value, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null
            : field.Type == "singleSelect" && !isText ? null
            : value.DeepClone();
    }

    private static bool Fits(JsonNode value, Field field, List<Table> tables)
    {
        var kind = value.GetValueKind();
        return field.Type switch
        {
            "number" or "percent" => kind == JsonValueKind.Number,
            "checkbox" => kind is JsonValueKind.True or JsonValueKind.False,
            "date" => kind == JsonValueKind.String
                && DateOnly.TryParseExact((string?)value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "dateTime" => kind == JsonValueKind.String
                && DateTimeOffset.TryParse((string?)value, CultureInfo.InvariantCulture, out _),
            "multipleRecordLinks" => kind == JsonValueKind.Array
                && BaseStore.Find(tables, (string)field.Options!["linkedTableId"]!) is { } linked
                && value.AsArray().All(id => id?.GetValueKind() == JsonValueKind.String
                    && linked.Records.Exists(record => record.Id == (string?)id)),
            _ => kind == JsonValueKind.String,
        };
    }
}
