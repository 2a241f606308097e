using System.Buffers;
using System.Globalization;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>CSV as RFC 4180 has it, with cells that no spreadsheet takes for a formula.</summary>
internal static class Csv
{
    public const string ContentType = "text/csv";

    private const string LineEnd = "\r\n";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    // Source: OWASP, CSV injection; the full-width forms are taken for the plain ones where those are typed.
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>Begins a file to be saved, with its header.</summary>
    public static Task BeginAsync(HttpContext context, string fileName, string header)
    {
        var response = context.Response;
        response.ContentType = $"{ContentType}; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(header + LineEnd, context.RequestAborted);
    }

    /// <summary>Writes a line.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + LineEnd;

    /// <summary>Writes a cell so that a spreadsheet takes it for text, whatever it starts with.</summary>
    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return string.Empty;
        }

        var text = FormulaStarts.Contains(value[0]) ? $"'{value}" : value;
        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    /// <summary>Writes a time, in UTC and to the second.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
