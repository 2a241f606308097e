namespace PhoneMasking.Contracts;

/// <summary>
/// What every event has in common: the audit log keeps each one, whoever publishes it, and reads no more of it than this.
/// </summary>
/// <remarks>
/// The ids are those the event is about; an event leaves out what does not apply. No event's audit record
/// holds a real number or a message body.
/// </remarks>
public interface IAuditedEvent
{
    /// <summary>The organisation that it happened in.</summary>
    OrganisationId OrganisationId { get; }

    /// <summary>When it happened, in UTC.</summary>
    DateTimeOffset OccurredAt { get; }

    /// <summary>The sitter concerned.</summary>
    SitterId? SitterId => null;

    /// <summary>The client concerned.</summary>
    ClientId? ClientId => null;

    /// <summary>The number of ours concerned.</summary>
    NumberId? NumberId => null;

    /// <summary>The session concerned.</summary>
    SessionId? SessionId => null;

    /// <summary>The message concerned.</summary>
    MessageId? MessageId => null;

    /// <summary>The key to the public API concerned.</summary>
    ApiKeyId? ApiKeyId => null;

    /// <summary>Why, as a short word of a closed set, for example <c>expired</c>; a provider's error code goes here too.</summary>
    string? Reason => null;

    /// <summary>
    /// The audit log's category, one of <see cref="AuditWords.Categories"/>, where it depends on more than the kind of event.
    /// </summary>
    string? Category => null;

    /// <summary>More for a reader of the audit log, a short sentence of figures and codes; never a number or a text.</summary>
    string? Details => null;
}
