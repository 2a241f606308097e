using System.Text.Json;

namespace PhoneMasking.Twilio.Registration;

/// <summary>Takes from JSON of no described type what is there, and nothing when it is otherwise.</summary>
internal static class UntypedJson
{
    public static JsonElement Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;

    public static int? Whole(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number : null;

    public static string? Text(this JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? json.GetString() : null;
}
