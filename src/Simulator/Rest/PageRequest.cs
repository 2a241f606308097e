using System.Globalization;

namespace PhoneMasking.Simulator.Rest;

/// <summary>Which page of a list is asked for: Twilio's PageSize, Page and PageToken.</summary>
/// <param name="Size">Entries per page: 50 when not given, at most 1,000.</param>
/// <param name="Index">The page's number from 0. Only the client's count when there is a token.</param>
/// <param name="After">The SID behind which the page starts, from the token; null for a page by number.</param>
internal sealed record PageRequest(int Size, int Index, string? After)
{
    private const int DefaultSize = 50;
    private const int LargestSize = 1000;
    private const string TokenPrefix = "PA";

    private static readonly string[] Own = ["PageSize", "Page", "PageToken"];

    public static PageRequest Of(IQueryCollection query, int largestSize = LargestSize)
    {
        var token = query["PageToken"].ToString();
        return new(
            Math.Clamp(Number(query["PageSize"], DefaultSize), 1, largestSize),
            Math.Max(0, Number(query["Page"], 0)),
            token.StartsWith(TokenPrefix, StringComparison.Ordinal) ? token[TokenPrefix.Length..] : null);
    }

    /// <summary>Cuts the page out of a list that is sorted by SID, the newest first.</summary>
    /// <returns>The page's entries, and the SID of the last when more follow.</returns>
    public (IReadOnlyList<T> Entries, string? Next) Cut<T>(IEnumerable<T> sorted, Func<T, string> sid)
    {
        var rest = After is { } last
            ? sorted.SkipWhile(one => string.CompareOrdinal(sid(one), last) >= 0)
            : sorted.Skip(Index * Size);
        var shown = rest.Take(Size + 1).ToList();
        return ([.. shown.Take(Size)], shown.Count > Size ? sid(shown[Size - 1]) : null);
    }

    /// <summary>Builds the paging fields of the answer.</summary>
    /// <param name="request">The list's request; its filters are repeated in the page URIs.</param>
    /// <param name="count">Entries on this page.</param>
    /// <param name="next">The SID of the page's last entry when more follow, else null.</param>
    public PageLinks Links(HttpRequest request, int count, string? next)
    {
        var filters = string.Concat(request.Query
            .Where(pair => !Own.Contains(pair.Key))
            .SelectMany(pair => pair.Value.Select(value => $"{Escape(pair.Key)}={Escape(value)}&")));
        var start = Index * Size;

        return new(
            End: Math.Max(0, start + count - 1),
            FirstPageUri: Uri(0),
            NextPageUri: next is null ? null : $"{Uri(Index + 1)}&PageToken={TokenPrefix}{next}",
            Page: Index,
            PageSize: Size,
            PreviousPageUri: Index == 0 ? null : Uri(Index - 1),
            Start: start,
            Uri: Uri(Index));

        string Uri(int index) => $"{request.Path}?{filters}PageSize={Size}&Page={index}";
    }

    private static string Escape(string? text) => System.Uri.EscapeDataString(text ?? "");

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

/// <summary>The paging fields of a list, as in Twilio's answers.</summary>
internal sealed record PageLinks(
    int End,
    string FirstPageUri,
    string? NextPageUri,
    int Page,
    int PageSize,
    string? PreviousPageUri,
    int Start,
    string Uri);
