using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>An enumerated value in a URL, by the same kebab-case word as in JSON, for example <c>reserved-active</c>.</summary>
/// <param name="Value">The value.</param>
internal readonly record struct Word<T>(T Value)
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>()
        .ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    /// <summary>Lets an endpoint take it as a parameter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? format, out Word<T> word)
    {
        var known = Values.TryGetValue(text ?? string.Empty, out var value);
        word = new Word<T>(value);
        return known;
    }
}
