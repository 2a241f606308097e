using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhoneMasking.Contracts;

/// <summary>Writes an <see cref="E164Number"/> in full: JSON goes to the bus and to the database, never to a log.</summary>
public sealed class E164NumberJsonConverter : JsonConverter<E164Number>
{
    /// <inheritdoc />
    /// <exception cref="JsonException">The text is not in E.164 form. The message does not repeat it.</exception>
    public override E164Number Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && E164Number.TryParse(reader.GetString(), out var number)
            ? number
            : throw new JsonException("Not an E.164 number: expected a plus sign, then 7 to 15 digits.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, E164Number value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.Reveal());
    }
}
