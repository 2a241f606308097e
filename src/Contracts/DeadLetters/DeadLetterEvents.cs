namespace PhoneMasking.Contracts;

/// <summary>
/// Event: a message that no consumer could process was taken out of its queue and kept. Published by AlertService, once for
/// each death.
/// </summary>
/// <param name="OrganisationId">The default organisation: dead letters are the installation's.</param>
/// <param name="DeadLetterId">The dead letter.</param>
/// <param name="Queue">The queue it was taken from.</param>
/// <param name="Type">The contract's type name; <c>unknown</c> when it cannot be read.</param>
/// <param name="Reason">Why, for example <c>fault</c>; see <see cref="DeadLetterView"/>.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record DeadLetterKept(
    OrganisationId OrganisationId,
    Guid DeadLetterId,
    string Queue,
    string Type,
    string Reason,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: which message, of which queue.</summary>
    public string? Details => $"{Type} of {Queue}, dead letter {DeadLetterId}";
}

/// <summary>Event: a dead letter was put back into its queue. Published by AlertService, once for each dead letter.</summary>
/// <param name="OrganisationId">The default organisation: dead letters are the installation's.</param>
/// <param name="DeadLetterId">The dead letter.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Type">The contract's type name; <c>unknown</c> when it cannot be read.</param>
/// <param name="By">Who did it.</param>
/// <param name="ApiKeyId">The key to the public API that asked for it.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record DeadLetterSentAgain(
    OrganisationId OrganisationId,
    Guid DeadLetterId,
    string Queue,
    string Type,
    string By,
    ApiKeyId? ApiKeyId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: which message, of which queue, by whom.</summary>
    public string? Details => $"{Type} of {Queue}, dead letter {DeadLetterId}, by {By}";
}

/// <summary>Event: a dead letter was thrown away. Published by AlertService, once for each dead letter.</summary>
/// <param name="OrganisationId">The default organisation: dead letters are the installation's.</param>
/// <param name="DeadLetterId">The dead letter.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Type">The contract's type name; <c>unknown</c> when it cannot be read.</param>
/// <param name="By">Who did it.</param>
/// <param name="Why">Why, in their words.</param>
/// <param name="ApiKeyId">The key to the public API that asked for it.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record DeadLetterDiscarded(
    OrganisationId OrganisationId,
    Guid DeadLetterId,
    string Queue,
    string Type,
    string By,
    string Why,
    ApiKeyId? ApiKeyId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: which message, of which queue, by whom and why.</summary>
    public string? Details => $"{Type} of {Queue}, dead letter {DeadLetterId}, by {By}: {Why}";
}
