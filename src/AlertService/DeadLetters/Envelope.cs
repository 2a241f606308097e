using System.Text.Json;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>What MassTransit's envelope says beside the message itself, as far as it can be read.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="Type">The contract's type name.</param>
/// <param name="IsRequest">Whether somebody waits for an answer.</param>
internal sealed record Envelope(Guid? MessageId, string? Type, bool IsRequest)
{
    private static readonly Envelope Unreadable = new(null, null, false);

    public static Envelope Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                ? new Envelope(
                    Text(root, "messageId") is { } id && Guid.TryParse(id, out var found) ? found : null,
                    TypeOf(root),
                    Text(root, "requestId") is not null)
                : Unreadable;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second one is of a text that holds half of a character.
            return Unreadable;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // The most derived type comes first, as urn:message:PhoneMasking.Contracts:SessionOpened.
    private static string? TypeOf(JsonElement root) =>
        root.TryGetProperty("messageType", out var types)
        && types.ValueKind == JsonValueKind.Array
        && types.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
            ? first.GetString()!.Split(':')[^1]
            : null;
}
