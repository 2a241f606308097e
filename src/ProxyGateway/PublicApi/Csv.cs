using System.Globalization;
using PhoneMasking.ServiceDefaults.Exports;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>Files of CSV, with cells that no spreadsheet takes for a formula.</summary>
internal static class Csv
{
    public const string ContentType = "text/csv";

    /// <summary>Begins a file to be saved, with its header.</summary>
    public static Task BeginAsync(HttpContext context, string fileName, string header)
    {
        var response = context.Response;
        response.ContentType = $"{ContentType}; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(header + "\r\n", context.RequestAborted);
    }

    /// <summary>Writes a line; every cell is text for a spreadsheet, whatever it starts with.</summary>
    public static string Line(IEnumerable<string?> cells) => CsvLine.Of(cells.Select(CsvLine.Harmless));

    /// <summary>Writes a time, in UTC and to the second.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
