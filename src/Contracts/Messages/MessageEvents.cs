namespace PhoneMasking.Contracts;

/// <summary>Which way a text goes.</summary>
public enum MessageDirection
{
    /// <summary>From a client to a sitter.</summary>
    ClientToSitter = 0,

    /// <summary>From a sitter to a client.</summary>
    SitterToClient = 1,

    /// <summary>From us: a text that explains something.</summary>
    Notice = 2,

    /// <summary>The test text of a number that is being verified.</summary>
    Verification = 3,
}

/// <summary>Event: Twilio accepted a text of ours. Published by ProxyGateway, once for each text sent.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text that was sent.</param>
/// <param name="InboundMessageId">The text that caused it, if one did.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="SessionId">The session it belongs to, if any.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="OccurredAt">When it was accepted, in UTC.</param>
public sealed record MessageSent(
    OrganisationId OrganisationId,
    MessageId MessageId,
    MessageId? InboundMessageId,
    MessageDirection Direction,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;
}

/// <summary>
/// Event: a text of ours will not arrive: Twilio refused it, or reported it as failed or undelivered. Published by
/// ProxyGateway, once for each text; one that arrives after all is told of by <see cref="FailureResolved"/> later.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="SessionId">The session it belongs to, if any.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="ErrorCode">Twilio's error code, if there is one.</param>
/// <param name="Outcome"><c>refused</c>, <c>failed</c>, <c>undelivered</c>, <c>gave-up</c>, <c>opted-out</c>,
/// <c>sitter-removed</c>, <c>client-without-phone</c> or <c>unreadable</c>.</param>
/// <param name="OccurredAt">When, in UTC.</param>
/// <param name="Number">The number of ours that it was sent from; none when what is stored is no number.</param>
/// <param name="Conversation">Key of its conversation: a hash of (our number, the receiver).</param>
/// <param name="Sequence">Its place in the order of sending; grows within a conversation.</param>
public sealed record MessageFailed(
    OrganisationId OrganisationId,
    MessageId MessageId,
    MessageDirection Direction,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    int? ErrorCode,
    string Outcome,
    DateTimeOffset OccurredAt,
    E164Number? Number,
    long Conversation,
    long Sequence) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;

    /// <summary>For the audit log: the outcome and Twilio's error code, for example <c>undelivered-30007</c>.</summary>
    public string Reason => ErrorCode is { } code ? $"{Outcome}-{code}" : Outcome;
}

/// <summary>
/// Event: Twilio reported that texts of ours arrived. Published by ProxyGateway, each text once. It is the most frequent event
/// of all, so what is stored together is told together (docs/adr/0015).
/// </summary>
/// <param name="Texts">The texts, 1 to 200.</param>
public sealed record MessagesDelivered(IReadOnlyList<MessageDelivered> Texts);

/// <summary>That a text of ours arrived; told in <see cref="MessagesDelivered"/>.</summary>
/// <param name="EventId">The event's own id: the same again is a second delivery of the same news.</param>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text.</param>
/// <param name="SessionId">The session it belongs to, if any.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="OccurredAt">When we heard of it, in UTC.</param>
public sealed record MessageDelivered(
    Guid EventId,
    OrganisationId OrganisationId,
    MessageId MessageId,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;
}

/// <summary>
/// Event: a text was stored and not passed on, because nobody may be told where it would go. Published by ProxyGateway.
/// </summary>
/// <param name="OrganisationId">The organisation of the number that was texted; the default one when it is unknown.</param>
/// <param name="MessageId">The text.</param>
/// <param name="NumberId">The number of ours that was texted, if it is ours.</param>
/// <param name="SitterId">The sitter concerned, if any.</param>
/// <param name="Reason">
/// <c>stranger-on-pool-number</c>, <c>standby-number</c>, <c>dedicated-number</c>, <c>unknown-number</c>,
/// <c>unknown-sitter</c>, <c>unusable-sender</c>, <c>no-content</c>, <c>own-reserved-number</c>, <c>no-session</c>, <c>ambiguous-session</c>,
/// <c>client-has-no-phone</c>, <c>sitter-has-no-number</c> or <c>opt-out-word</c>.
/// </param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record MessageNotRelayed(
    OrganisationId OrganisationId,
    MessageId MessageId,
    NumberId? NumberId,
    SitterId? SitterId,
    string Reason,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;
}

/// <summary>Event: a person wants no more texts from one of our numbers, or wants them again. Published by ProxyGateway.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text that said so, or the one that Twilio refused for it.</param>
/// <param name="SitterId">The sitter concerned, if any.</param>
/// <param name="ClientId">The client concerned, if any.</param>
/// <param name="OptedOut">True for STOP, false for START.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record OptOutChanged(
    OrganisationId OrganisationId,
    MessageId MessageId,
    SitterId? SitterId,
    ClientId? ClientId,
    bool OptedOut,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;

    /// <summary>For the audit log: <c>opted-out</c> or <c>opted-in</c>.</summary>
    public string Reason => OptedOut ? "opted-out" : "opted-in";
}
