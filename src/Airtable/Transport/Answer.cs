using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PhoneMasking.Airtable.Transport;

/// <summary>An answer of Airtable, read whole.</summary>
internal readonly record struct Answer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>Reads the resource; null when the body does not hold one.</summary>
    public TResource? Read<TResource>(JsonTypeInfo<TResource> type)
        where TResource : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type);
        }
        catch (JsonException)
        {
            // Neither kept nor passed on: its text can quote the body.
            return null;
        }
    }

    /// <summary>
    /// Reads why Airtable refused: <c>{"error": {"type", "message"}}</c>, <c>{"error": "NOT_FOUND"}</c>, and, with a 429,
    /// <c>{"errors": [{"error", "message"}]}</c>.
    /// </summary>
    public AirtableError ReadError()
    {
        var status = (int)Status;
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement is not { ValueKind: JsonValueKind.Object } root ? new AirtableError(status, null, null)
                : root.TryGetProperty("errors", out var errors) && errors is { ValueKind: JsonValueKind.Array }
                    && errors.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
                    ? new AirtableError(status, Text(first, "error"), Text(first, "message"))
                : !root.TryGetProperty("error", out var error) ? new AirtableError(status, null, null)
                : error.ValueKind == JsonValueKind.Object
                    ? new AirtableError(status, Text(error, "type"), Text(error, "message"))
                : new AirtableError(status, Text(root, "error"), null);
        }
        catch (JsonException)
        {
            return new AirtableError(status, null, null);
        }
    }

    // Airtable's words are capitals and underscores: anything else in their place could be personal data.
    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text && (name == "message" || text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            ? text
            : null;
}
