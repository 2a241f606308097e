using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Airtable's Schema API of one base: tables and fields, which it can make but not delete.</summary>
internal static class SchemaEndpoints
{
    public static void MapAirtableSchema(this IEndpointRouteBuilder routes)
    {
        var tables = routes.MapGroup("/meta/bases/{baseId}/tables");
        tables.MapGet("", List).WithOperation(RestOperation.AirtableTables);
        tables.MapPost("", CreateTable).WithOperation(RestOperation.AirtableCreateTable);
        tables.MapPost("/{tableId}/fields", CreateField).WithOperation(RestOperation.AirtableCreateField);
        tables.MapPatch("/{tableId}/fields/{fieldId}", Rename).WithOperation(RestOperation.AirtableRenameField);
    }

    private static JsonHttpResult<JsonObject> List(BaseStore store) => TypedResults.Json(store.With(tables =>
        new JsonObject { ["tables"] = new JsonArray([.. tables.Select(table => table.ToJson())]) }));

    private static async Task<IResult> CreateTable(HttpRequest request, BaseStore store) =>
        await AirtableBody.ReadAsync(request) is { } body ? store.With(tables => Create(body, tables)) : AirtableRefusal.Malformed();

    private static IResult Create(JsonObject body, List<Table> tables)
    {
        var name = (string?)body["name"];
        if (string.IsNullOrWhiteSpace(name))
        {
            return AirtableRefusal.Invalid("INVALID_TABLE_NAME", "A table needs a name");
        }

        if (tables.Exists(table => table.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            return AirtableRefusal.Invalid("DUPLICATE_TABLE_NAME", "Table names must be unique (case-insensitive)");
        }

        if (body["fields"] is not JsonArray { Count: > 0 } fields)
        {
            return AirtableRefusal.Invalid("INVALID_REQUEST_MISSING_FIELDS", "A table needs at least one field");
        }

        var table = new Table(name, (string?)body["description"]);
        foreach (var field in fields)
        {
            if (FieldPlan.Add(field as JsonObject, table, tables) is { } problem)
            {
                return problem;
            }
        }

        tables.Add(table);
        return TypedResults.Json(table.ToJson());
    }

    private static async Task<IResult> CreateField(string tableId, HttpRequest request, BaseStore store) =>
        await AirtableBody.ReadAsync(request) is { } body
            ? store.With<IResult>(tables => BaseStore.Find(tables, tableId) is not { } table ? AirtableRefusal.NotGranted
                : FieldPlan.Add(body, table, tables) is { } problem ? problem
                : TypedResults.Json(table.Fields.Find(field => field.Name == (string?)body["name"])!.ToJson()))
            : AirtableRefusal.Malformed();

    private static async Task<IResult> Rename(string tableId, string fieldId, HttpRequest request, BaseStore store) =>
        (string?)(await AirtableBody.ReadAsync(request))?["name"] is { Length: > 0 } name
            ? store.With<IResult>(tables =>
            {
                if (BaseStore.Find(tables, tableId) is not { } table || table.FindField(fieldId) is not { } field)
                {
                    return AirtableRefusal.NotGranted;
                }

                if (field.Name != name && FieldPlan.HasField(table, name))
                {
                    return AirtableRefusal.Invalid("DUPLICATE_OR_EMPTY_FIELD_NAME", "Field names must be unique");
                }

                field.Name = name;
                return TypedResults.Json(field.ToJson());
            })
            : AirtableRefusal.Malformed();
}
