namespace PhoneMasking.Contracts;

/// <summary>
/// Event: somebody took a copy of many records. Published by the service that was asked for it, when the export begins.
/// </summary>
/// <param name="OrganisationId">The organisation whose records they are.</param>
/// <param name="What"><c>audit</c> or <c>numbers</c>.</param>
/// <param name="By">Who, for example <c>console</c> or <c>api</c>.</param>
/// <param name="Records">How many, when that is known at the beginning.</param>
/// <param name="ApiKeyId">The key to the public API that asked for it.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record RecordsExported(
    OrganisationId OrganisationId,
    string What,
    string By,
    int? Records,
    ApiKeyId? ApiKeyId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: what was exported.</summary>
    public string? Reason => What;

    /// <summary>For the audit log: by whom, and how many.</summary>
    public string? Details => Records is { } records
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"by {By}: {records} records")
        : $"by {By}";
}
