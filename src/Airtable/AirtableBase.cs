using System.Net.Http.Headers;

namespace PhoneMasking.Airtable;

/// <summary>A base at Airtable, and the token that opens it. Knows the secret; does not show it.</summary>
/// <param name="BaseId">The base's id, <c>app</c> and 14 letters and digits.</param>
/// <param name="Token">A personal access token, <c>pat…</c>, that is granted the base.</param>
/// <param name="ApiBaseUri">
/// Scheme, host and port of the Web API, <c>https://api.airtable.com</c> in production. No path of its own.
/// </param>
public sealed record AirtableBase(string BaseId, string Token, Uri ApiBaseUri)
{
    /// <summary>Where Airtable's Web API is.</summary>
    public static readonly Uri PublicApi = new("https://api.airtable.com");

    /// <summary>The base's id.</summary>
    public string BaseId { get; } = Required(BaseId, nameof(BaseId));

    /// <summary>The personal access token. A secret.</summary>
    public string Token { get; } = Required(Token, nameof(Token));

    /// <summary>Scheme, host and port of the Web API.</summary>
    public Uri ApiBaseUri { get; } = Authority(ApiBaseUri, nameof(ApiBaseUri));

    /// <summary>The header that proves who asks.</summary>
    internal AuthenticationHeaderValue Authorization { get; } = new("Bearer", Token);

    /// <summary>Returns the base's id only.</summary>
    public override string ToString() => $"AirtableBase {BaseId}";

    /// <summary>The address of a table's records.</summary>
    /// <param name="table">The table's name or id.</param>
    internal Uri Records(string table) =>
        new(ApiBaseUri, $"/v0/{Uri.EscapeDataString(BaseId)}/{Uri.EscapeDataString(table)}");

    /// <summary>The address of the base's tables, or of what belongs to one of them.</summary>
    /// <param name="path">Path segments after <c>tables</c>.</param>
    internal Uri Tables(params string[] path) => new(
        ApiBaseUri,
        string.Join('/', [$"/v0/meta/bases/{Uri.EscapeDataString(BaseId)}/tables", .. path.Select(Uri.EscapeDataString)]));

    private static string Required(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }

    private static Uri Authority(Uri uri, string name)
    {
        ArgumentNullException.ThrowIfNull(uri, name);
        return uri is { IsAbsoluteUri: true, PathAndQuery: "/", UserInfo: "" } && uri.Scheme is "http" or "https"
            ? uri
            : throw new ArgumentException(
                "Expected scheme, host and port only, such as https://api.airtable.com.",
                name);
    }
}
