namespace PhoneMasking.Contracts;

/// <summary>
/// Event: a sitter was added, changed or removed; carries the whole state. Published by NumberService. An older
/// <paramref name="Version"/> than the one already seen is ignored.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="Name">Full name.</param>
/// <param name="RealNumber">The sitter's own phone.</param>
/// <param name="ReservedNumberId">The Reserved number's id; none while there is none.</param>
/// <param name="ReservedNumber">The number that clients text and call.</param>
/// <param name="Active">False once removed.</param>
/// <param name="Version">Grows with every change of this sitter.</param>
/// <param name="OccurredAt">When it changed, in UTC.</param>
public sealed record SitterChanged(
    OrganisationId OrganisationId,
    SitterId SitterId,
    string Name,
    E164Number RealNumber,
    NumberId? ReservedNumberId,
    E164Number? ReservedNumber,
    bool Active,
    long Version,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SitterId? IAuditedEvent.SitterId => SitterId;

    /// <summary>For the audit log: the Reserved number.</summary>
    public NumberId? NumberId => ReservedNumberId;

    /// <summary>For the audit log: <c>removed</c> when no longer active.</summary>
    public string? Reason => Active ? null : "removed";
}
