using System.Globalization;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Classifying;

/// <summary>One of Twilio's error codes.</summary>
/// <param name="Code">The code.</param>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="Recommended">Its class in the recommended table.</param>
/// <param name="Required">Its class in the table that the product's owner asked for.</param>
internal sealed record ErrorCode(int Code, string Meaning, FailureClass Recommended, FailureClass Required);

/// <summary>Twilio's error codes, from the file <c>twilio-error-codes.csv</c> beside this one.</summary>
internal static class ErrorCodes
{
    private const string File = "PhoneMasking.AlertService.Failures.Classifying.twilio-error-codes.csv";

    private static readonly Dictionary<string, FailureClass> Classes = new(StringComparer.Ordinal)
    {
        ["temporary"] = FailureClass.Temporary,
        ["permanent"] = FailureClass.Permanent,
        ["systemic"] = FailureClass.Systemic,
        ["configuration"] = FailureClass.Configuration,
        ["opted-out"] = FailureClass.OptedOut,
        ["warning"] = FailureClass.Warning,
    };

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyDictionary<int, ErrorCode> All = Read();

    /// <summary>The words for classes, for settings.</summary>
    public static IEnumerable<string> ClassWords => Classes.Keys;

    /// <summary>Reads the word for a class, in any case.</summary>
    public static bool TryReadClass(string? word, out FailureClass found) =>
        Classes.TryGetValue(word?.Trim().ToLowerInvariant() ?? string.Empty, out found);

    /// <summary>Reads a code.</summary>
    public static bool TryReadCode(string? text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is > 0 and < 1_000_000;

    /// <summary>What a code means, in a few words; the same for a failure without a code.</summary>
    public static string MeaningOf(int? code) => code switch
    {
        null => "no reason given",
        { } known when All.TryGetValue(known, out var found) => found.Meaning,
        _ => "a code that is not in our table",
    };

    private static Dictionary<int, ErrorCode> Read()
    {
        using var stream = typeof(ErrorCodes).Assembly.GetManifestResourceStream(File)!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Skip(1).Select(ReadLine).ToDictionary(one => one.Code);
    }

    // The meaning may hold commas and then stands in quotation marks; the other fields hold neither.
    private static ErrorCode ReadLine(string line)
    {
        var first = line.IndexOf(',', StringComparison.Ordinal);
        var last = line.LastIndexOf(',');
        var middle = line.LastIndexOf(',', last - 1);
        return new ErrorCode(
            int.Parse(line.AsSpan(0, first), CultureInfo.InvariantCulture),
            line[(first + 1)..middle].Trim('"'),
            Classes[line[(middle + 1)..last]],
            Classes[line[(last + 1)..]]);
    }
}
