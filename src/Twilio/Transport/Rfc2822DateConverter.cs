using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhoneMasking.Twilio.Transport;

/// <summary>
/// Reads Twilio's dates, such as <c>Fri, 24 May 2019 17:18:27 +0000</c>. What is not one reads as absent: a date must
/// not make an accepted message look lost.
/// </summary>
internal sealed class Rfc2822DateConverter : JsonConverter<DateTimeOffset?>
{
    private const string Format = "ddd, dd MMM yyyy HH:mm:ss '+0000'";

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return DateTimeOffset.TryParseExact(
            reader.GetString(),
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date) ? date : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
