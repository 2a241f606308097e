using System.Buffers;

namespace PhoneMasking.OpsConsole.Shell;

/// <summary>Lines of CSV (RFC 4180) that a spreadsheet takes for text, whatever they hold.</summary>
internal static class CsvLine
{
    private const string Formula = "=+-@\t\r\n";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>A line with its line end; absent cells are empty.</summary>
    /// <param name="cells">The cells.</param>
    public static string Of(IEnumerable<string?> cells) => string.Join(',', cells.Select(Quote)) + "\r\n";

    /// <summary>A cell that is no formula. Source: OWASP, CSV injection.</summary>
    /// <param name="text">What somebody else wrote; none for none.</param>
    public static string? Harmless(string? text) =>
        text?.TrimStart(' ') is [var first, ..] && Formula.Contains(first) ? "'" + text : text;

    private static string? Quote(string? cell) =>
        cell is null || cell.AsSpan().IndexOfAny(Quoted) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
}
