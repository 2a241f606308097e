using System.Text;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>What a text of an import holds: numbers to take over, and lines that are none.</summary>
/// <param name="Entries">The numbers in the text's order, each once.</param>
/// <param name="Repeats">How many more times a number was named.</param>
/// <param name="Errors">The lines that were refused, without what stood in them.</param>
internal sealed record NumberList(IReadOnlyList<NumberListEntry> Entries, int Repeats, IReadOnlyList<ImportError> Errors)
{
    /// <summary>The largest text accepted, in UTF-8.</summary>
    public const int MaxBytes = 256 * 1024;

    private const string Header = "number,lifecycle";

    /// <summary>Reads a comma- or newline-separated list, or CSV with the header <c>number,lifecycle</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="otherwise">What a number without a lifecycle of its own is for.</param>
    /// <param name="region">Reads numbers that come without a country code.</param>
    public static NumberList Read(string text, NumberLifecycle otherwise, NumberingRegion region)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n');
        var header = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        var isCsv = header >= 0
            && string.Equals(lines[header].Replace(" ", "").Trim(), Header, StringComparison.OrdinalIgnoreCase);

        var entries = new Dictionary<E164Number, NumberListEntry>();
        var errors = new List<ImportError>();
        var repeats = 0;
        for (var index = isCsv ? header + 1 : 0; index < lines.Length; index++)
        {
            var fields = lines[index].Split(',', StringSplitOptions.TrimEntries);
            foreach (var item in isCsv ? ReadRow(fields, otherwise, region) : ReadItems(fields, otherwise, region))
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

    private static IEnumerable<Item> ReadItems(string[] fields, NumberLifecycle lifecycle, NumberingRegion region) =>
        fields.Where(field => field.Length > 0).Select(field => ReadNumber(field, lifecycle, region));

    private static IEnumerable<Item> ReadRow(string[] fields, NumberLifecycle otherwise, NumberingRegion region)
    {
        if (fields.All(field => field.Length == 0))
        {
            return [];
        }

        if (fields.Length > 2)
        {
            return [new Item(null, "Expected a number and a lifecycle, separated by one comma.")];
        }

        return Unquote(fields.ElementAtOrDefault(1) ?? string.Empty).ToUpperInvariant() switch
        {
            "" => [ReadNumber(fields[0], otherwise, region)],
            "POOL" => [ReadNumber(fields[0], NumberLifecycle.Pool, region)],
            "STANDBY" => [ReadNumber(fields[0], NumberLifecycle.StandbyReserved, region)],
            _ => [new Item(null, "The lifecycle must be 'pool' or 'standby'.")],
        };
    }

    private static Item ReadNumber(string field, NumberLifecycle lifecycle, NumberingRegion region) =>
        region.TryRead(Unquote(field), out var number)
            ? new Item(new NumberListEntry(number, lifecycle, 0), null)
            : new Item(null, $"Not a telephone number: expected E.164, or a number as written in {region.Code}.");

    private static string Unquote(string field) => field is ['"', .., '"'] ? field[1..^1].Trim() : field;

    private readonly record struct Item(NumberListEntry? Entry, string? Error);
}

/// <summary>A number to take over.</summary>
/// <param name="Number">The number.</param>
/// <param name="Lifecycle">What it is for.</param>
/// <param name="Line">Where it stood, counted from 1.</param>
internal sealed record NumberListEntry(E164Number Number, NumberLifecycle Lifecycle, int Line);
