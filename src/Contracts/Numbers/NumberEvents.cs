namespace PhoneMasking.Contracts;

/// <summary>Event: a number was ordered. Published by NumberService.</summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The order, which becomes the number.</param>
/// <param name="Purpose">What for.</param>
/// <param name="SitterId">The sitter who waits for it.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record NumberOrdered(
    OrganisationId OrganisationId,
    NumberId NumberId,
    NumberPurpose Purpose,
    SitterId? SitterId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    NumberId? IAuditedEvent.NumberId => NumberId;

    SitterId? IAuditedEvent.SitterId => SitterId;

    /// <summary>For the audit log: the purpose.</summary>
    public string? Reason => Purpose.ToString();

    /// <summary>For the audit log: standby numbers have a category of their own.</summary>
    public string? Category => Purpose == NumberPurpose.StandbyReplenishment ? "Standby" : null;
}

/// <summary>Event: a number was bought. Published by NumberService; for a pool number the owner gets an e-mail.</summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The number's id.</param>
/// <param name="Number">The number.</param>
/// <param name="Lifecycle">What it is for.</param>
/// <param name="Purpose">What it was bought for.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record NumberBought(
    OrganisationId OrganisationId,
    NumberId NumberId,
    E164Number Number,
    NumberLifecycle Lifecycle,
    NumberPurpose? Purpose,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    NumberId? IAuditedEvent.NumberId => NumberId;

    /// <summary>For the audit log: the purpose.</summary>
    public string? Reason => Purpose?.ToString();

    /// <summary>For the audit log: standby numbers have a category of their own.</summary>
    public string? Category => Purpose == NumberPurpose.StandbyReplenishment ? "Standby" : null;
}

/// <summary>
/// Event: a number was given up after bounded tries, or an order waits for something only the owner can settle. Once for
/// each cause. Published by NumberService; the owner gets an e-mail.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The number or order.</param>
/// <param name="Number">The number, when known.</param>
/// <param name="SitterId">The sitter whose number it is, or was to be.</param>
/// <param name="SitterName">The sitter's name.</param>
/// <param name="Step">Where it failed: <c>buy</c>, <c>attach</c>, <c>verify</c> or <c>release</c>.</param>
/// <param name="Reason">Why, as a stable word in kebab case, for example <c>no-numbers-in-area</c>.</param>
/// <param name="ErrorCode">Twilio's error code, if it gave one.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record NumberFailed(
    OrganisationId OrganisationId,
    NumberId NumberId,
    E164Number? Number,
    SitterId? SitterId,
    string? SitterName,
    string Step,
    string Reason,
    int? ErrorCode,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    NumberId? IAuditedEvent.NumberId => NumberId;

    SitterId? IAuditedEvent.SitterId => SitterId;

    /// <summary>For the audit log: where, and Twilio's code.</summary>
    public string? Details =>
        ErrorCode is { } code ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Step}: Twilio {code}") : Step;
}
