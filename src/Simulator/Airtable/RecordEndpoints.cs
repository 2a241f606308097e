using System.Text.Json.Nodes;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Airtable's records of one table.</summary>
internal static class RecordEndpoints
{
    private const int LongestUrl = 16_000;

    public static void MapAirtableRecords(this IEndpointRouteBuilder routes)
    {
        var records = routes.MapGroup("/{baseId}/{table}");
        records.MapGet("", List).WithOperation(RestOperation.AirtableList);
        records.MapPost("/listRecords", ListByBody).WithOperation(RestOperation.AirtableList);
        records.MapPost("", Create).WithOperation(RestOperation.AirtableCreate);
        records.MapPatch("", Update).WithOperation(RestOperation.AirtableUpdate);
        records.MapDelete("", Delete).WithOperation(RestOperation.AirtableDelete);
    }

    private static IResult List(string table, HttpRequest request, BaseStore store)
    {
        var query = request.Query;
        if (request.Path.Value!.Length + request.QueryString.Value!.Length > LongestUrl)
        {
            return AirtableRefusal.Invalid("INVALID_REQUEST_UNKNOWN", "The URL is too long");
        }

        return With(table, store, (found, _) => RecordPage.Read(
            found,
            query.ContainsKey("pageSize") ? (int.TryParse(query["pageSize"], out var size) ? size : 0) : null,
            query["offset"],
            query["filterByFormula"],
            query.TryGetValue("fields[]", out var fields) ? fields : []));
    }

    private static async Task<IResult> ListByBody(string table, HttpRequest request, BaseStore store) =>
        await AirtableBody.ReadAsync(request) is not { } body ? AirtableRefusal.Malformed()
            : With(table, store, (found, _) => RecordPage.Read(
                found,
                (int?)body["pageSize"],
                (string?)body["offset"],
                (string?)body["filterByFormula"],
                body["fields"] is JsonArray fields ? [.. fields.Select(name => (string?)name)] : []));

    private static async Task<IResult> Create(string table, HttpRequest request, BaseStore store, TimeProvider clock) =>
        await AirtableBody.ReadAsync(request) is not { } body ? AirtableRefusal.Malformed()
            : With(table, store, (found, tables) => new RecordWrites(found, tables, clock.GetUtcNow()).Create(body));

    private static async Task<IResult> Update(string table, HttpRequest request, BaseStore store, TimeProvider clock) =>
        await AirtableBody.ReadAsync(request) is not { } body ? AirtableRefusal.Malformed()
            : With(table, store, (found, tables) => new RecordWrites(found, tables, clock.GetUtcNow()).Update(body));

    private static IResult Delete(string table, HttpRequest request, BaseStore store, TimeProvider clock)
    {
        IReadOnlyList<string?> ids = request.Query.TryGetValue("records[]", out var given) ? given : [];
        return With(table, store, (found, tables) => new RecordWrites(found, tables, clock.GetUtcNow()).Delete(ids));
    }

    private static IResult With(string table, BaseStore store, Func<Table, List<Table>, IResult> work) =>
        store.With(tables => BaseStore.Find(tables, table) is { } found ? work(found, tables) : AirtableRefusal.NotGranted);
}
