using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhoneMasking.Twilio.Registration;

/// <summary>Why a brand or a campaign was not registered.</summary>
/// <param name="Code">Twilio's code, such as 30701.</param>
/// <param name="Description">Twilio's text, for the account's owner.</param>
/// <param name="Fields">The fields of the registration that it is about.</param>
public sealed record RegistrationError(int? Code, string? Description, IReadOnlyList<string> Fields);

/// <summary>
/// Reads what Twilio's description leaves without a type, by the example
/// <c>[{"error_code":30701,"description":"…","fields":["region"],"url":"…"}]</c>.
/// </summary>
internal sealed class RegistrationErrorsConverter : JsonConverter<IReadOnlyList<RegistrationError>?>
{
    public override IReadOnlyList<RegistrationError>? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options)
    {
        var errors = JsonElement.ParseValue(ref reader);
        return errors.ValueKind == JsonValueKind.Array ? [.. errors.EnumerateArray().Select(ErrorOf)] : null;
    }

    public override void Write(
        Utf8JsonWriter writer,
        IReadOnlyList<RegistrationError>? value,
        JsonSerializerOptions options) => throw new NotSupportedException("Errors are only read.");

    private static RegistrationError ErrorOf(JsonElement error)
    {
        var fields = error.Member("fields");
        return new(
            error.Member("error_code").Whole(),
            error.Member("description").Text(),
            fields.ValueKind == JsonValueKind.Array ? [.. fields.EnumerateArray().Select(Text).OfType<string>()] : []);
    }

    private static string? Text(JsonElement field) => field.Text();
}
