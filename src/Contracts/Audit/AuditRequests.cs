namespace PhoneMasking.Contracts;

/// <summary>
/// Request to AlertService: a page of the audit log, newest first. Answer: <see cref="AuditPage"/>, or
/// <see cref="Refused"/> when the limit is out of range.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="Event">Only this kind of event, for example <c>SessionOpened</c>.</param>
public sealed record ListAudit(OrganisationId OrganisationId, Guid? After, int Limit, string? Event = null);

/// <summary>Answer to <see cref="ListAudit"/>.</summary>
/// <param name="Items">The records of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditView> Items, Guid? Next);

/// <summary>A record of the audit log.</summary>
/// <param name="Id">The record's id, which is the id of the event's message.</param>
/// <param name="Event">What happened, for example <c>SessionOpened</c>.</param>
/// <param name="Category">The kind of thing, for example <c>Messaging</c>.</param>
/// <param name="Severity"><c>Info</c>, <c>Warning</c>, <c>Error</c> or <c>Critical</c>.</param>
/// <param name="Reason">Why, as a short word.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="NumberId">The number of ours concerned.</param>
/// <param name="SessionId">The session concerned.</param>
/// <param name="MessageId">The text concerned.</param>
/// <param name="ApiKeyId">The key to the public API concerned.</param>
/// <param name="OccurredAt">When it happened, in UTC.</param>
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
    DateTimeOffset OccurredAt);
