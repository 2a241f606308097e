using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Reads the JSON object of a request.</summary>
internal static class AirtableBody
{
    /// <summary>Reads it; null when the body holds none.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
