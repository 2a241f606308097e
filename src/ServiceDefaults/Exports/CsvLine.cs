using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PhoneMasking.ServiceDefaults.Exports;

/// <summary>Lines of CSV (RFC 4180), with cells that no spreadsheet takes for a formula.</summary>
public static class CsvLine
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    // Source: OWASP, CSV injection; the full-width forms are taken for the plain ones where those are typed.
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>Writes a line with its line end; absent cells are empty.</summary>
    /// <param name="cells">The cells, as they are: see <see cref="Harmless"/> for what somebody else wrote.</param>
    public static string Of(IEnumerable<string?> cells) => string.Join(',', cells.Select(Quote)) + "\r\n";

    /// <summary>Makes a cell that a spreadsheet takes for text, whatever it starts with, spaces included.</summary>
    /// <param name="text">What somebody else wrote; none for none.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Harmless(string? text) =>
        text?.TrimStart(' ') is [var first, ..] && FormulaStarts.Contains(first) ? $"'{text}" : text;

    private static string? Quote(string? cell) =>
        cell is null || !cell.AsSpan().ContainsAny(Quoted)
            ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
