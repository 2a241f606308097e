using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Extensions;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Inquiries;

namespace PhoneMasking.OpsConsole.Audit;

/// <summary>Which records of the audit log are shown, as it stands in an address, which can be kept and shared.</summary>
public sealed partial record AuditFilter
{
    private const string Minute = "yyyy-MM-dd'T'HH:mm";

    private static readonly string[] Times = [Minute, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"];

    /// <summary>Only this kind of event.</summary>
    public string? Event { get; init; }

    /// <summary>Only this category.</summary>
    public string? Category { get; init; }

    /// <summary>Only this severity.</summary>
    public string? Severity { get; init; }

    /// <summary>Only what happened then or later, in UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only what happened before, in UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only about this sitter.</summary>
    public SitterId? SitterId { get; init; }

    /// <summary>Only about this client.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>Only about this number of ours.</summary>
    public NumberId? NumberId { get; init; }

    /// <summary>Only about this session.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>Only about this text.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Only about this key to the public API.</summary>
    public ApiKeyId? ApiKeyId { get; init; }

    /// <summary>Only what holds these words.</summary>
    public string? Search { get; init; }

    /// <summary>Whether a telephone number was searched for. Records hold none, and none has a place in an address.</summary>
    public bool NumberSearched { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool Any => Parts().Any();

    /// <summary>Whether a filter is set that stands further down in the form.</summary>
    public bool AnyFurther => From is not null || Until is not null || SitterId is not null || ClientId is not null;

    /// <summary>Reads a filter; what is no word of it counts as absent, since anyone can type an address.</summary>
    /// <param name="query">The query of the address.</param>
    public static AuditFilter Read(IQueryCollection query)
    {
        var search = PageKey.Search(query["search"]);
        var number = search is not null && TelephoneNumber().IsMatch(search);
        return new AuditFilter
        {
            Event = OneOf(AuditWords.Events, query["event"]),
            Category = OneOf(AuditWords.Categories, query["category"]),
            Severity = OneOf(AuditWords.Severities, query["severity"]),
            From = Time(query["from"]),
            Until = Time(query["until"]),
            SitterId = PageKey.Read<SitterId>(query["sitter"]),
            ClientId = PageKey.Read<ClientId>(query["client"]),
            NumberId = PageKey.Read<NumberId>(query["number"]),
            SessionId = PageKey.Read<SessionId>(query["session"]),
            MessageId = PageKey.Read<MessageId>(query["message"]),
            ApiKeyId = PageKey.Read<ApiKeyId>(query["key"]),
            Search = number ? null : search,
            NumberSearched = number,
        };
    }

    /// <summary>A time as a form's field has it, in UTC.</summary>
    /// <param name="at">The time; none for none.</param>
    public static string? Field(DateTimeOffset? at) => at?.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture);

    /// <summary>The filter as the query of an address, with its question mark; empty when nothing is left out.</summary>
    public string Query() => new QueryBuilder(Parts()).ToString();

    /// <summary>What AlertService is asked for.</summary>
    /// <param name="after">The last id of the page before.</param>
    /// <param name="limit">How many, 1 to 200.</param>
    public ListAudit Request(Guid? after, int limit) => new(
        OrganisationId.Default, after, limit, Event, Category, Severity, From, Until,
        SitterId, ClientId, NumberId, SessionId, MessageId, ApiKeyId, Search);

    private IEnumerable<KeyValuePair<string, string>> Parts() =>
        new (string Key, string? Value)[]
        {
            ("event", Event), ("category", Category), ("severity", Severity), ("from", Field(From)), ("until", Field(Until)),
            ("sitter", SitterId?.ToString()), ("client", ClientId?.ToString()), ("number", NumberId?.ToString()),
            ("session", SessionId?.ToString()), ("message", MessageId?.ToString()), ("key", ApiKeyId?.ToString()), ("search", Search),
        }
        .Where(part => part.Value is not null)
        .Select(part => KeyValuePair.Create(part.Key, part.Value!));

    private static string? OneOf(IReadOnlyList<string> words, string? text) => text is not null && words.Contains(text) ? text : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParseExact(
            text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;

    // Seven digits or more, however they are set apart; a code such as 30007 has fewer.
    [GeneratedRegex(@"\d(?:[\s().+-]*\d){6,}")]
    private static partial Regex TelephoneNumber();
}
