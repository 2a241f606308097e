namespace PhoneMasking.Contracts;

/// <summary>Event: a new sitter got a standby number at once (path A). Published by NumberService; the owner gets an e-mail.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="SitterName">The sitter's name.</param>
/// <param name="NumberId">The Reserved number's id.</param>
/// <param name="Number">The Reserved number.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SitterNumberAssigned(
    OrganisationId OrganisationId,
    SitterId SitterId,
    string SitterName,
    NumberId NumberId,
    E164Number Number,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SitterId? IAuditedEvent.SitterId => SitterId;

    NumberId? IAuditedEvent.NumberId => NumberId;
}

/// <summary>Event: a number was ordered for a new sitter, since no standby number was Ready (path B). Published by NumberService; the owner gets an e-mail.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="SitterName">The sitter's name.</param>
/// <param name="NumberId">The order, which becomes the number.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SitterNumberOrdered(
    OrganisationId OrganisationId,
    SitterId SitterId,
    string SitterName,
    NumberId NumberId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SitterId? IAuditedEvent.SitterId => SitterId;

    NumberId? IAuditedEvent.NumberId => NumberId;
}

/// <summary>Event: the number that was ordered for a sitter is Ready (path B). Published by NumberService; the owner gets an e-mail.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="SitterName">The sitter's name.</param>
/// <param name="NumberId">The Reserved number's id.</param>
/// <param name="Number">The Reserved number.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SitterNumberReady(
    OrganisationId OrganisationId,
    SitterId SitterId,
    string SitterName,
    NumberId NumberId,
    E164Number Number,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SitterId? IAuditedEvent.SitterId => SitterId;

    NumberId? IAuditedEvent.NumberId => NumberId;
}

/// <summary>Event: a sitter was removed (path C). Published by NumberService; the owner gets an e-mail.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="SitterName">The sitter's name.</param>
/// <param name="NumberId">The number that became standby; none when the sitter had none.</param>
/// <param name="Number">The Reserved number.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SitterRemoved(
    OrganisationId OrganisationId,
    SitterId SitterId,
    string SitterName,
    NumberId? NumberId,
    E164Number? Number,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SitterId? IAuditedEvent.SitterId => SitterId;
}
