using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PhoneMasking.TwilioOpenApi;

/// <summary>Holds JSON and form values against the schemas of one OpenAPI document.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private const string LocalReference = "#/components/schemas/";
    private const string UnpagedList = "ListAvailablePhoneNumberLocalResponse";
    private const string Iso8601 = "yyyy-MM-ddTHH:mm:ssZ";
    private const string Rfc2822 = "ddd, dd MMM yyyy HH:mm:ss '+0000'";

    /// <summary>
    /// The schema itself; of several versions the first, which is what a caller that names no version gets.
    /// </summary>
    public JsonElement Resolve(JsonElement schema)
    {
        var resolved = schema.TryGetProperty("$ref", out var reference)
            ? root.GetProperty("components").GetProperty("schemas")
                .GetProperty(reference.GetString()![LocalReference.Length..])
            : schema;
        return resolved.TryGetProperty("oneOf", out var versions) ? Resolve(versions[0]) : resolved;
    }

    /// <summary>What a request may say in its query or form.</summary>
    public static Dictionary<string, (JsonElement Schema, bool IsRequired)> DeclaredParameters(JsonElement operation)
    {
        var declared = Parameters(operation)
            .Where(parameter => parameter.GetProperty("in").GetString() == "query")
            .ToDictionary(Name, parameter => (parameter.GetProperty("schema"), IsRequired(parameter)));

        if (operation.TryGetProperty("requestBody", out var body))
        {
            var form = body.GetProperty("content").GetProperty("application/x-www-form-urlencoded")
                .GetProperty("schema");
            var required = form.TryGetProperty("required", out var names)
                ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet()
                : [];
            foreach (var property in form.GetProperty("properties").EnumerateObject())
            {
                declared[property.Name] = (property.Value, required.Contains(property.Name));
            }
        }

        return declared;
    }

    public static JsonElement? PathParameter(JsonElement operation, string name) =>
        Parameters(operation).Where(parameter => Name(parameter) == name && IsRequired(parameter))
            .Select(parameter => (JsonElement?)parameter.GetProperty("schema"))
            .FirstOrDefault();

    /// <summary>Checks values as a form or a query has them: as text, repeated for an array.</summary>
    public IEnumerable<string> CheckText(JsonElement schema, string[] values, string name)
    {
        schema = Resolve(schema);
        if (Type(schema) == "array")
        {
            return values.SelectMany(value => CheckText(schema.GetProperty("items"), [value], name));
        }

        return values is [var only]
            ? (Type(schema) switch
            {
                "integer" when !long.TryParse(only, CultureInfo.InvariantCulture, out _) => ["not an integer"],
                "number" when !decimal.TryParse(only, CultureInfo.InvariantCulture, out _) => ["not a number"],
                "boolean" when only is not ("true" or "false") => ["neither true nor false"],
                "string" => CheckWord(schema, only),
                _ => Enumerable.Empty<string>(),
            }).Select(problem => $"{name}: {problem}")
            : [$"{name}: given {values.Length} times"];
    }

    /// <summary>Checks a JSON value, and everything in it.</summary>
    public IEnumerable<string> CheckJson(JsonElement schema, JsonElement json, string where)
    {
        schema = Resolve(schema);
        if (json.ValueKind == JsonValueKind.Null)
        {
            return IsTrue(schema, "nullable") ? [] : [$"{where}: null"];
        }

        return (Type(schema), json.ValueKind) switch
        {
            ("object", JsonValueKind.Object) => CheckObject(schema, json, where),
            ("array", JsonValueKind.Array) => json.EnumerateArray().SelectMany((item, index) =>
                CheckJson(schema.GetProperty("items"), item, $"{where}[{index}]")),
            ("string", JsonValueKind.String) =>
                CheckWord(schema, json.GetString()!).Select(problem => $"{where}: {problem}"),
            ("integer", JsonValueKind.Number) => json.TryGetInt64(out _) ? [] : [$"{where}: not an integer"],
            ("number", JsonValueKind.Number) => [],
            ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            (null, _) => [],
            (var type, var kind) => [$"{where}: {kind} where {type} is described"],
        };
    }

    private static string? Type(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) ? type.GetString() : null;

    private static string Name(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    private static bool IsRequired(JsonElement parameter) => IsTrue(parameter, "required");

    private static bool IsTrue(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The operation's own parameters; those shared by reference are headers and are left out.</summary>
    private static IEnumerable<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(parameter => !parameter.TryGetProperty("$ref", out _))
            : [];

    /// <summary>What is wrong with a text. Its value is never repeated: it may be a telephone number.</summary>
    private static IEnumerable<string> CheckWord(JsonElement schema, string text)
    {
        // Twilio says "" as well as null for an id or a URL that is not set.
        if (text.Length == 0 && IsTrue(schema, "nullable"))
        {
            yield break;
        }

        if (schema.TryGetProperty("enum", out var words)
            && !words.EnumerateArray().Any(word => word.GetString() == text))
        {
            yield return "not one of the words described";
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!))
        {
            yield return $"does not match {pattern.GetString()}";
        }

        if (schema.TryGetProperty("minLength", out var shortest) && text.Length < shortest.GetInt32())
        {
            yield return $"shorter than {shortest.GetInt32()}";
        }

        if (schema.TryGetProperty("maxLength", out var longest) && text.Length > longest.GetInt32())
        {
            yield return $"longer than {longest.GetInt32()}";
        }

        if (schema.TryGetProperty("format", out var format)
            && format.GetString() == "date-time-rfc-2822"
            && !DateTime.TryParseExact(text, Rfc2822, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return "not an RFC 2822 date";
        }

        if (format.ValueKind == JsonValueKind.String
            && format.GetString() == "date-time"
            && !DateTime.TryParseExact(text, Iso8601, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return "not an ISO 8601 date";
        }
    }

    /// <summary>
    /// Where Twilio's own examples leave something out: these lists have no pages, nor all numbers a fax.
    /// </summary>
    private static bool MayBeLeftOut(JsonElement schema, string property) =>
        schema.TryGetProperty("title", out var title) && title.GetString() == UnpagedList
            ? property is not ("uri" or "available_phone_numbers")
            : schema.TryGetProperty("format", out var format) && format.GetString() == "phone-number-capabilities";

    private IEnumerable<string> CheckObject(JsonElement schema, JsonElement json, string where)
    {
        if (!schema.TryGetProperty("properties", out var described))
        {
            return [];
        }

        // Twilio answers with every property, null where there is nothing to say; "required" is never used.
        var missing = described.EnumerateObject()
            .Where(property => !json.TryGetProperty(property.Name, out _) && !MayBeLeftOut(schema, property.Name))
            .Select(property => $"{where}.{property.Name}: missing");
        var wrong = json.EnumerateObject().SelectMany(property =>
            described.TryGetProperty(property.Name, out var propertySchema)
                ? CheckJson(propertySchema, property.Value, $"{where}.{property.Name}")
                : [$"{where}.{property.Name}: not described"]);
        return missing.Concat(wrong);
    }
}
