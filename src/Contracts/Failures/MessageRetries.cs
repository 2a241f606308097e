namespace PhoneMasking.Contracts;

/// <summary>
/// Command to ProxyGateway: texts of one conversation failed for a passing reason and are sent once more, in this order.
/// Sent by AlertService when their time has come. Carrying it out twice has the effect of carrying it out once: a text has
/// one retry, with the id given here.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Retries">The texts, in the order in which they were first sent; at least one.</param>
public sealed record RetryMessages(OrganisationId OrganisationId, IReadOnlyList<MessageRetry> Retries);

/// <summary>One text that is sent once more.</summary>
/// <param name="MessageId">The text that failed.</param>
/// <param name="RetryId">The id of the text that repeats it; chosen when the retry was planned.</param>
/// <param name="NotAfter">After this, in UTC, it is too late to repeat it; none: never.</param>
public sealed record MessageRetry(MessageId MessageId, MessageId RetryId, DateTimeOffset? NotAfter = null);

/// <summary>Event: a failed text goes out once more. Published by ProxyGateway, once for each retry.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text that failed.</param>
/// <param name="RetryId">The text that repeats it.</param>
/// <param name="SessionId">The session it belongs to, if any.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record MessageRetried(
    OrganisationId OrganisationId,
    MessageId MessageId,
    MessageId RetryId,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;

    /// <summary>For the audit log: the retry.</summary>
    public string? Details => $"Retry {RetryId}.";
}

/// <summary>
/// Event: a failed text is not sent once more, because that would be wrong by now. Published by ProxyGateway, once for each
/// retry.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text that failed.</param>
/// <param name="RetryId">The id that its retry would have had.</param>
/// <param name="SessionId">The session it belongs to, if any.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="Reason">
/// <c>delivered</c> (it arrived after all), <c>sent-again</c> (its author has sent the same text again), <c>opted-out</c>,
/// <c>session-ended</c>, <c>number-changed</c> (the sender or the receiver has another number by now),
/// <c>too-late</c> (the command stood in a queue for too long) or <c>unknown-text</c>. With the first two nothing is lost;
/// with any other the text will not arrive any more.
/// </param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record MessageRetryDropped(
    OrganisationId OrganisationId,
    MessageId MessageId,
    MessageId RetryId,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    string Reason,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;
}
