namespace PhoneMasking.Contracts;

/// <summary>
/// Event: a number of ours was added or changed; carries its whole state. Published by NumberService. An older
/// <paramref name="Version"/> than the one already seen is ignored, so repeats and reordering are harmless.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The number's id.</param>
/// <param name="Number">The number itself.</param>
/// <param name="Lifecycle">What it is for.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="SitterId">The sitter it is reserved for, if any.</param>
/// <param name="Version">Grows with every change of this number.</param>
/// <param name="OccurredAt">When it changed, in UTC.</param>
public sealed record NumberChanged(
    OrganisationId OrganisationId,
    NumberId NumberId,
    E164Number Number,
    NumberLifecycle Lifecycle,
    NumberStatus Status,
    SitterId? SitterId,
    long Version,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    NumberId? IAuditedEvent.NumberId => NumberId;

    /// <summary>For the audit log: what it is for, and whether it can be used.</summary>
    public string? Details => $"{Lifecycle}, {Status}";
}
