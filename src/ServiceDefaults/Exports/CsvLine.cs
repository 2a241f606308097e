using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

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

    /// <summary>Reads what <see cref="Harmless"/> wrote.</summary>
    /// <param name="cell">A cell of a file of ours, or one that somebody typed.</param>
    public static string Plain(string cell) =>
        cell is ['\'', .. var text] && Harmless(text) == cell ? text : cell;

    /// <summary>Reads a line: quotes may enclose a cell with commas, and are doubled within it.</summary>
    /// <param name="line">The line without its end. A line break within a cell is not read.</param>
    /// <returns>The cells without the spaces around them.</returns>
    public static IReadOnlyList<string> Read(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '"' when isQuoted && line.AsSpan(at).StartsWith("\"\"", StringComparison.Ordinal):
                    cell.Append('"');
                    at++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    cells.Add(cell.ToString().Trim());
                    cell.Clear();
                    break;
                case var letter:
                    cell.Append(letter);
                    break;
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }

    private static string? Quote(string? cell) =>
        cell is null || !cell.AsSpan().ContainsAny(Quoted)
            ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
