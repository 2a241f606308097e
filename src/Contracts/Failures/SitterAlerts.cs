namespace PhoneMasking.Contracts;

/// <summary>
/// Command to ProxyGateway: a sitter is told by text, in the thread of the client concerned, that a text did not arrive.
/// Sent by AlertService, which keeps the limits. Carrying it out twice has the effect of carrying it out once: the alert
/// has the id given here.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="AlertId">The id of the alert's text.</param>
/// <param name="FailedMessageId">The text that did not arrive.</param>
/// <param name="OccurredAt">When it failed, in UTC.</param>
public sealed record SendSitterAlert(
    OrganisationId OrganisationId,
    MessageId AlertId,
    MessageId FailedMessageId,
    DateTimeOffset OccurredAt);

/// <summary>
/// Event: a sitter is being told that a text did not arrive. Published by ProxyGateway, once for each alert.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="AlertId">The alert's text.</param>
/// <param name="FailedMessageId">The text that did not arrive.</param>
/// <param name="SessionId">The session, if any.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SitterAlerted(
    OrganisationId OrganisationId,
    MessageId AlertId,
    MessageId FailedMessageId,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: the text that did not arrive.</summary>
    public MessageId? MessageId => FailedMessageId;
}

/// <summary>Event: a sitter could not be told. Published by ProxyGateway, once for each alert.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="AlertId">The id that the alert's text would have had.</param>
/// <param name="FailedMessageId">The text that did not arrive.</param>
/// <param name="SessionId">The session, if any.</param>
/// <param name="SitterId">The sitter, if known.</param>
/// <param name="ClientId">The client concerned, if known.</param>
/// <param name="Reason">
/// <c>opted-out</c>, <c>no-thread</c> (the sitter is gone, their thread's number is retired, or stands for another client by
/// now) or <c>unknown-text</c>.
/// </param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SitterAlertDropped(
    OrganisationId OrganisationId,
    MessageId AlertId,
    MessageId FailedMessageId,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    string Reason,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: the text that did not arrive.</summary>
    public MessageId? MessageId => FailedMessageId;
}
