namespace PhoneMasking.Contracts;

/// <summary>
/// Request to AlertService: a page of the audit log, newest first. All filters must fit. Answer: <see cref="AuditPage"/>, or
/// <see cref="Refused"/> which names the filter that is wrong.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="Event">Only this kind of event, for example <c>SessionOpened</c>.</param>
/// <param name="Category">Only one of <see cref="AuditWords.Categories"/>.</param>
/// <param name="Severity">Only one of <see cref="AuditWords.Severities"/>.</param>
/// <param name="From">Only what happened then or later, in UTC.</param>
/// <param name="Until">Only what happened before, in UTC; later than <paramref name="From"/>.</param>
/// <param name="SitterId">Only about this sitter.</param>
/// <param name="ClientId">Only about this client.</param>
/// <param name="NumberId">Only about this number of ours.</param>
/// <param name="SessionId">Only about this session.</param>
/// <param name="MessageId">Only about this text.</param>
/// <param name="ApiKeyId">Only about this key to the public API.</param>
/// <param name="Search">
/// Only records whose event, reason or details hold this, whatever the case; 100 printable characters at most. Refused
/// (<c>search-too-wide</c>) when it takes too long without another filter.
/// </param>
public sealed record ListAudit(
    OrganisationId OrganisationId,
    Guid? After,
    int Limit,
    string? Event = null,
    string? Category = null,
    string? Severity = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Until = null,
    SitterId? SitterId = null,
    ClientId? ClientId = null,
    NumberId? NumberId = null,
    SessionId? SessionId = null,
    MessageId? MessageId = null,
    ApiKeyId? ApiKeyId = null,
    string? Search = null)
{
    /// <summary>Leaves out what is searched for.</summary>
    public override string ToString() => $"ListAudit {OrganisationId}";
}

/// <summary>Answer to <see cref="ListAudit"/>.</summary>
/// <param name="Items">The records of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditView> Items, Guid? Next);

/// <summary>A record of the audit log: ids, words and figures; never a telephone number and never a text.</summary>
/// <param name="Id">The record's id, which is the id of the event's message.</param>
/// <param name="Event">What happened, for example <c>SessionOpened</c>.</param>
/// <param name="Category">One of <see cref="AuditWords.Categories"/>.</param>
/// <param name="Severity">One of <see cref="AuditWords.Severities"/>.</param>
/// <param name="Reason">Why, as a short word.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="NumberId">The number of ours concerned.</param>
/// <param name="SessionId">The session concerned.</param>
/// <param name="MessageId">The text concerned.</param>
/// <param name="ApiKeyId">The key to the public API concerned.</param>
/// <param name="OccurredAt">When it happened, in UTC.</param>
/// <param name="Details">More, as a short sentence.</param>
public sealed record AuditView(
    Guid Id,
    string Event,
    string Category,
    string Severity,
    string? Reason,
    SitterId? SitterId,
    ClientId? ClientId,
    NumberId? NumberId,
    SessionId? SessionId,
    MessageId? MessageId,
    ApiKeyId? ApiKeyId,
    DateTimeOffset OccurredAt,
    string? Details = null);

/// <summary>
/// Request to AlertService: the audit log is about to be exported; itself audited. Ask for the pages after that. Answer:
/// <see cref="AuditExportBegun"/>, or <see cref="Refused"/> when a filter is wrong or more than
/// <see cref="AuditWords.MostExported"/> records fit (<c>export-too-large</c>).
/// </summary>
/// <param name="Audit">What is to be exported; its page and limit say nothing here.</param>
/// <param name="By">Who asks, for example <c>console</c> or <c>api</c>; 100 printable characters at most.</param>
/// <param name="ApiKeyId">The key to the public API that asks.</param>
public sealed record BeginAuditExport(ListAudit Audit, string By, ApiKeyId? ApiKeyId = null);

/// <summary>Answer to <see cref="BeginAuditExport"/>.</summary>
/// <param name="Records">How many records fit now.</param>
public sealed record AuditExportBegun(int Records);
