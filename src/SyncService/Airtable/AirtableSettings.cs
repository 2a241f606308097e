using Microsoft.Extensions.Options;
using PhoneMasking.Airtable;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>
/// The owner's base at Airtable. Section <c>Airtable</c>; <c>AIRTABLE_BASE_ID</c>, <c>AIRTABLE_API_KEY</c> and
/// <c>AIRTABLE_…_TABLE</c> are understood, too. The service does not need it; the command <c>airtable</c> does.
/// </summary>
internal sealed class AirtableSettings
{
    public const string Section = "Airtable";

    /// <summary>The base's id: <c>app</c> and 14 letters and digits. Required.</summary>
    public string BaseId { get; set; } = string.Empty;

    /// <summary>A personal access token that is granted the base. Required, secret.</summary>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Where Airtable's Web API is. Default: <c>https://api.airtable.com</c>.</summary>
    public Uri ApiBaseUrl { get; init; } = AirtableBase.PublicApi;

    /// <summary>The names of the five tables by the names they have in the product. Default: those.</summary>
    public Dictionary<string, string> Tables { get; init; } = [];

    /// <summary>The name that a table of the product has in the base.</summary>
    public string NameOf(WantedTable table) => Tables[table.Name];
}

/// <summary>Checks <see cref="AirtableSettings"/>; collects every failure.</summary>
internal sealed class AirtableSettingsValidator : IValidateOptions<AirtableSettings>
{
    private const string IdPrefix = "app";
    private const int IdLength = 17;
    private const string KeyPrefix = "pat";
    private const int LongestName = 255;

    public ValidateOptionsResult Validate(string? name, AirtableSettings options)
    {
        var failures = new List<string>();
        if (options.BaseId.Length != IdLength
            || !options.BaseId.StartsWith(IdPrefix, StringComparison.Ordinal)
            || !options.BaseId.All(char.IsAsciiLetterOrDigit))
        {
            failures.Add(
                "AIRTABLE_BASE_ID (or Airtable:BaseId) must be the base's id: app and 14 letters and digits. It is in the base's "
                + "address, https://airtable.com/app…/….");
        }

        if (!IsToken(options.ApiKey))
        {
            failures.Add(
                "AIRTABLE_API_KEY (or Airtable:ApiKey) must be a personal access token, pat….…, made at "
                + "https://airtable.com/create/tokens with the scopes schema.bases:read and schema.bases:write for this base. "
                + "Keys that begin with key are no longer valid at Airtable.");
        }

        if (options.ApiBaseUrl is not { IsAbsoluteUri: true, PathAndQuery: "/", UserInfo: "" }
            || !(options.ApiBaseUrl.Scheme == Uri.UriSchemeHttps
                || (options.ApiBaseUrl.Scheme == Uri.UriSchemeHttp && options.ApiBaseUrl.IsLoopback)))
        {
            failures.Add(
                "Airtable:ApiBaseUrl must be scheme and host, without path, such as https://api.airtable.com; http only on this "
                + "machine, because the token goes there.");
        }

        CheckTables(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsToken(string key) =>
        key.StartsWith(KeyPrefix, StringComparison.Ordinal)
        && key.Split('.') is [{ Length: > 3 } id, { Length: > 0 } secret]
        && id.All(char.IsAsciiLetterOrDigit)
        && secret.All(char.IsAsciiLetterOrDigit);

    private static void CheckTables(AirtableSettings options, List<string> failures)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var table in WantedBase.Tables)
        {
            var given = options.NameOf(table);
            if (given.Length > LongestName || given.Any(char.IsControl) || given != given.Trim())
            {
                failures.Add($"{table.Setting} must be the name of a table: up to {LongestName} characters, no space around it.");
            }
            else if (!seen.Add(given))
            {
                failures.Add($"{table.Setting} must not be the name of another of the five tables.");
            }
        }
    }
}
