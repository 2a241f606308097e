using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>The control API of the stand-in for Airtable: how it stands, and what is in the base.</summary>
internal static class AirtableControl
{
    public static void MapAirtableControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/airtable", Read);
        control.MapPut("/airtable", Change);
        control.MapPost("/airtable/formulas", AddFormula);
    }

    private static JsonHttpResult<JsonObject> Read(AirtableState state, BaseStore store) =>
        TypedResults.Json(new JsonObject
        {
            ["available"] = state.Current.IsAvailable,
            ["granted"] = state.Current.IsGranted,
            ["quota"] = state.Current.HasQuota,
            ["requestsPerSecond"] = state.Current.RequestsPerSecond,
            ["tables"] = store.With(tables => new JsonArray([.. tables.Select(View)])),
        });

    private static JsonHttpResult<JsonObject> Change(AirtableRequest request, AirtableState state, BaseStore store)
    {
        state.Current = new(
            request.Available ?? state.Current.IsAvailable,
            request.Granted ?? state.Current.IsGranted,
            request.Quota ?? state.Current.HasQuota,
            request.RequestsPerSecond ?? state.Current.RequestsPerSecond);
        return Read(state, store);
    }

    /// <summary>Adds a computed field, as a person does who looks at the base.</summary>
    private static Results<JsonHttpResult<JsonObject>, NotFound> AddFormula(FormulaRequest request, BaseStore store) =>
        store.With<Results<JsonHttpResult<JsonObject>, NotFound>>(tables =>
        {
            if (BaseStore.Find(tables, request.Table) is not { } table)
            {
                return TypedResults.NotFound();
            }

            var field = new Field(AirtableId.New("fld"), request.Field, "formula", options: null);
            table.Fields.Add(field);
            return TypedResults.Json(field.ToJson());
        });

    private static JsonObject View(Table table) => new()
    {
        ["name"] = table.Name,
        ["fields"] = new JsonObject(table.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Type))),
        ["records"] = table.Records.Count,
    };
}

/// <summary>Adds a formula by hand.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Field">The field's name.</param>
public sealed record FormulaRequest([Required] string Table, [Required] string Field);

/// <summary>Changes how Airtable stands. What is left out stays as it is.</summary>
/// <param name="Available">Whether it answers; otherwise everything is 503.</param>
/// <param name="Granted">Whether the token is granted the base; otherwise everything is 403.</param>
/// <param name="Quota">Whether the workspace has calls left this month; otherwise records are 429.</param>
/// <param name="RequestsPerSecond">How many requests a second are answered; 0 is without limit.</param>
public sealed record AirtableRequest(
    bool? Available, bool? Granted, bool? Quota, [Range(0, 100_000)] int? RequestsPerSecond);
