using System.Globalization;
using System.Text.Json.Nodes;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Reads one page of a table's records.</summary>
internal static class RecordPage
{
    private const int Most = 100;
    private const string Iterator = "itrSimulator/";

    public static IResult Read(
        Table table,
        int? pageSize,
        string? offset,
        string? formula,
        IReadOnlyList<string?> names)
    {
        if (pageSize is < 1 or > Most)
        {
            return AirtableRefusal.Invalid("INVALID_PAGE_SIZE", $"pageSize must be 1 to {Most}");
        }

        var start = 0;
        if (offset is not null
            && !(offset.StartsWith(Iterator, StringComparison.Ordinal)
                && int.TryParse(offset[Iterator.Length..], CultureInfo.InvariantCulture, out start)))
        {
            return AirtableRefusal.Invalid("LIST_RECORDS_ITERATOR_NOT_AVAILABLE", "The iterator is no longer available");
        }

        var fields = names.Select(name => table.FindField(name ?? "")).ToList();
        if (fields.IndexOf(null) is var unknown and >= 0)
        {
            return AirtableRefusal.UnknownField(names[unknown] ?? "");
        }

        var filter = RecordFilter.Parse(formula, table);
        if (filter is null)
        {
            return AirtableRefusal.Invalid("INVALID_FILTER_BY_FORMULA", "The formula for filtering records is invalid");
        }

        var found = table.Records.Where(filter).ToList();
        var size = pageSize ?? Most;
        var shown = fields.Count == 0 ? table.Fields : [.. fields.OfType<Field>()];
        var page = new JsonObject
        {
            ["records"] = new JsonArray([.. found.Skip(start).Take(size).Select(record => record.ToJson(shown))]),
        };
        if (start + size < found.Count)
        {
            page["offset"] = $"{Iterator}{start + size}";
        }

        return TypedResults.Json(page);
    }
}
