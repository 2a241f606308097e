using System.Text;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Exports;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>What a text of an import holds: numbers to take over, and lines that are none.</summary>
/// <param name="Entries">The numbers in the text's order, each once.</param>
/// <param name="Repeats">How many more times a number was named.</param>
/// <param name="Errors">The lines that were refused, without what stood in them.</param>
internal sealed record NumberList(IReadOnlyList<NumberListEntry> Entries, int Repeats, IReadOnlyList<ImportError> Errors)
{
    /// <summary>The largest text accepted, in UTF-8.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>
    /// Reads a comma- or newline-separated list, or CSV whose header names a column <c>number</c>; a column <c>lifecycle</c>
    /// says what each is for. So it reads what was exported: other columns are not looked at, but for <c>status</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="otherwise">What a number without a lifecycle of its own is for.</param>
    /// <param name="region">Reads numbers that come without a country code.</param>
    public static NumberList Read(string text, NumberLifecycle otherwise, NumberingRegion region)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n');
        var header = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        var table = header >= 0 ? NumberTable.Find(lines[header], otherwise, region) : null;

        var entries = new Dictionary<E164Number, NumberListEntry>();
        var errors = new List<ImportError>();
        var repeats = 0;
        for (var index = table is null ? 0 : header + 1; index < lines.Length; index++)
        {
            foreach (var item in table?.Read(lines[index]) ?? ReadItems(lines[index], otherwise, region))
            {
                if (item.Entry is null)
                {
                    errors.Add(new ImportError(index + 1, item.Error!));
                }
                else if (!entries.TryAdd(item.Entry.Number, item.Entry with { Line = index + 1 }))
                {
                    repeats++;
                }
            }
        }

        return new NumberList([.. entries.Values], repeats, errors);
    }

    /// <summary>Whether the text is small enough to be read.</summary>
    public static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= MaxBytes;

    private static IEnumerable<NumberListItem> ReadItems(string line, NumberLifecycle lifecycle, NumberingRegion region) =>
        CsvLine.Read(line).Where(cell => cell.Length > 0).Select(cell => NumberListItem.Read(cell, lifecycle, region));
}

/// <summary>A number that was read, or why there is none.</summary>
internal readonly record struct NumberListItem(NumberListEntry? Entry, string? Error)
{
    public static NumberListItem Read(string cell, NumberLifecycle lifecycle, NumberingRegion region) =>
        region.TryRead(CsvLine.Plain(cell), out var number)
            ? new(new NumberListEntry(number, lifecycle, 0), null)
            : new(null, $"Not a telephone number: expected E.164, or a number as written in {region.Code}.");
}

/// <summary>A number to take over.</summary>
/// <param name="Number">The number.</param>
/// <param name="Lifecycle">What it is for.</param>
/// <param name="Line">Where it stood, counted from 1.</param>
/// <param name="OnlyKnown">Why it is refused, unless it is there already; none for no reason.</param>
internal sealed record NumberListEntry(E164Number Number, NumberLifecycle Lifecycle, int Line, string? OnlyKnown = null);
