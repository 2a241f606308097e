using System.Text.RegularExpressions;

namespace PhoneMasking.ServiceDefaults.Configuration;

/// <summary>A setting whose value is not of its kind, such as a word where a duration belongs.</summary>
internal static partial class UnreadableSetting
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>A line that names the setting and says what it expects; none for any other fault.</summary>
    /// <remarks>Does not repeat the value, unlike the binder's own message: it may be a secret in the wrong place.</remarks>
    public static string? Explain(InvalidOperationException fault) =>
        fault.Source == Binder && Failed().Match(fault.Message) is { Success: true, Groups: var parts }
            ? $"{parts["setting"].Value} must be {Kind(parts["type"].Value)}."
            : null;

    // From the right: the value, which comes first, may hold anything.
    [GeneratedRegex(
        "at '(?<setting>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.ExplicitCapture | RegexOptions.RightToLeft)]
    private static partial Regex Failed();

    private static string Kind(string type) => type switch
    {
        _ when type.Contains("System.TimeSpan", StringComparison.Ordinal) => "a duration, [d.]hh:mm:ss",
        _ when type.Contains("System.Boolean", StringComparison.Ordinal) => "true or false",
        _ when type.Contains("System.Int", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("System.Double", StringComparison.Ordinal) => "a number, with a point for decimals",
        _ when type.Contains("System.Decimal", StringComparison.Ordinal) => "a number, with a point for decimals",
        _ when type.Contains("System.Uri", StringComparison.Ordinal) => "a URL",
        _ when type.Contains("System.Guid", StringComparison.Ordinal) => "a UUID",
        _ when Words(type) is { Length: > 0 } words => $"one of {string.Join(", ", words)}",
        _ => $"of the kind {type}",
    };

    // The binder tells the type's name only.
    private static string[] Words(string type) => AppDomain.CurrentDomain.GetAssemblies()
        .Select(assembly => assembly.GetType(type))
        .FirstOrDefault(found => found is { IsEnum: true }) is { } words
            ? Enum.GetNames(words)
            : [];
}
