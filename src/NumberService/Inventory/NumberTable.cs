using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Exports;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Numbers as CSV, written by hand or exported by the console or the API.</summary>
internal sealed class NumberTable
{
    private readonly List<string> _columns;
    private readonly NumberLifecycle _otherwise;
    private readonly NumberingRegion _region;

    private NumberTable(List<string> columns, NumberLifecycle otherwise, NumberingRegion region) =>
        (_columns, _otherwise, _region) = (columns, otherwise, region);

    /// <summary>Reads a header.</summary>
    /// <returns>None when the line is no header.</returns>
    public static NumberTable? Find(string line, NumberLifecycle otherwise, NumberingRegion region)
    {
        var columns = CsvLine.Read(line).Select(Word).ToList();
        return columns.Contains("number") ? new NumberTable(columns, otherwise, region) : null;
    }

    /// <summary>Reads a line.</summary>
    /// <returns>What it holds: nothing, a number, or why it is refused.</returns>
    public IEnumerable<NumberListItem> Read(string line)
    {
        var cells = CsvLine.Read(line);
        if (cells.All(cell => cell.Length == 0))
        {
            return [];
        }

        if (cells.Count > _columns.Count)
        {
            return [new(null, $"Expected {_columns.Count} values, as the header names them.")];
        }

        var (number, status) = (Cell(cells, "number"), Word(Cell(cells, "status")));
        return status switch
        {
            "retired" => [new(null, "This number was retired: leave the line out, or correct its status.")],

            // Exported while it was on order.
            "pending" or "failed" when number.Length == 0 => [],
            _ => [ReadNumber(number, Word(Cell(cells, "lifecycle")))],
        };
    }

    // Whose it is cannot be imported: that of another would reach the wrong people.
    private NumberListItem ReadNumber(string number, string lifecycle) => lifecycle switch
    {
        "" => NumberListItem.Read(number, _otherwise, _region),
        "pool" => NumberListItem.Read(number, NumberLifecycle.Pool, _region),
        "standby" or "standbyreserved" => NumberListItem.Read(number, NumberLifecycle.StandbyReserved, _region),
        "reservedactive" => OnlyKnown(
            number, NumberLifecycle.StandbyReserved, "It is a sitter's: write standby to take it over without the sitter."),
        "dedicated" => OnlyKnown(
            number, NumberLifecycle.Pool, "It is a client's: write pool to take it over without the client."),
        _ => new(null, "The lifecycle must be 'pool' or 'standby'."),
    };

    private NumberListItem OnlyKnown(string number, NumberLifecycle lifecycle, string why)
    {
        var read = NumberListItem.Read(number, lifecycle, _region);
        return read.Entry is { } entry ? read with { Entry = entry with { OnlyKnown = why } } : read;
    }

    private string Cell(IReadOnlyList<string> cells, string column) =>
        cells.ElementAtOrDefault(_columns.IndexOf(column)) ?? string.Empty;

    // StandbyReserved as the console writes it, standby-reserved as the API does.
    private static string Word(string cell) =>
        cell.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
