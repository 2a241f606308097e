namespace PhoneMasking.Simulator.Rest;

/// <summary>
/// The paging fields of a list of the newer APIs (messaging, Proxy), with addresses that lead to the simulator.
/// </summary>
internal sealed record PageMetaView(
    string FirstPageUrl,
    string Key,
    string? NextPageUrl,
    int Page,
    int PageSize,
    string? PreviousPageUrl,
    string Url)
{
    public static PageMetaView Of(HttpRequest request, PageLinks links, string key)
    {
        var origin = request.Origin();
        return new(
            origin + links.FirstPageUri,
            key,
            links.NextPageUri is { } next ? origin + next : null,
            links.Page,
            links.PageSize,
            links.PreviousPageUri is { } previous ? origin + previous : null,
            origin + links.Uri);
    }
}

/// <summary>Where a request came to.</summary>
internal static class RequestOrigin
{
    /// <summary>Scheme, host and port under which the client reached the simulator.</summary>
    public static string Origin(this HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
