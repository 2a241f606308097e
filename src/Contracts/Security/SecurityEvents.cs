namespace PhoneMasking.Contracts;

/// <summary>
/// Event: somebody was turned away at a door. Published once a minute at most for each door and reason with the count, so
/// that an attacker cannot fill the audit log.
/// </summary>
/// <param name="OrganisationId">The default organisation: nobody knows whom the caller meant.</param>
/// <param name="Door"><c>webhook</c> or <c>api</c>.</param>
/// <param name="Reason">
/// Why: <c>webhook-signature</c>, <c>webhook-malformed</c>, <c>webhook-too-large</c>, <c>webhook-content-type</c>,
/// <c>api-key</c> or <c>api-key-limit</c>.
/// </param>
/// <param name="Count">How often since the last such event.</param>
/// <param name="OccurredAt">When it was counted, in UTC.</param>
public sealed record AccessRefused(
    OrganisationId OrganisationId,
    string Door,
    string Reason,
    int Count,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: the door and how often.</summary>
    public string? Details => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Door}: {Count} within a minute");
}

/// <summary>Event: there is a new organisation. Published by ProxyGateway.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record OrganisationCreated(OrganisationId OrganisationId, DateTimeOffset OccurredAt) : IAuditedEvent;
