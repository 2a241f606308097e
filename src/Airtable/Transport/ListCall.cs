using System.Globalization;
using System.Text;
using System.Text.Json;

using PhoneMasking.Airtable.Records;

namespace PhoneMasking.Airtable.Transport;

/// <summary>Asks for a page of records: by address when that is short and says nothing, else in a body.</summary>
internal static class ListCall
{
    private const string Operation = "reading records";

    public static AirtableCall Of(AirtableBase at, string table, RecordQuery query, string? offset)
    {
        var records = at.Records(table);
        var uri = Address(records, query, offset);

        // A filter looks for a number or a name, and addresses are written into logs on their way.
        if (query.Filter is null && uri.Length <= IAirtableApi.LongestUrl)
        {
            return new AirtableCall(Operation, at, HttpMethod.Get, new Uri(uri), null, IsRepeatable: true);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ListBody(query.PageSize, query.Filter?.Reveal(), query.Fields is [] ? null : query.Fields, offset),
            AirtableJson.Default.ListBody);
        return new AirtableCall(
            Operation, at, HttpMethod.Post, new Uri($"{records.AbsoluteUri}/listRecords"), body, IsRepeatable: true);
    }

    private static string Address(Uri records, RecordQuery query, string? offset)
    {
        var address = new StringBuilder(records.AbsoluteUri)
            .Append(CultureInfo.InvariantCulture, $"?pageSize={query.PageSize}");
        foreach (var field in query.Fields)
        {
            address.Append("&fields[]=").Append(Uri.EscapeDataString(field));
        }

        return (offset is null ? address : address.Append("&offset=").Append(Uri.EscapeDataString(offset))).ToString();
    }
}
