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

/// <summary>Event: somebody came into the console. Published by OpsConsole.</summary>
/// <param name="OrganisationId">The default organisation.</param>
/// <param name="User">Who: <c>Owner</c>.</param>
/// <param name="Source">The address that they came from, an IP address.</param>
/// <param name="Means"><c>password</c> or <c>one-time-link</c>.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record ConsoleSignedIn(
    OrganisationId OrganisationId,
    string User,
    string Source,
    string Means,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: by what means.</summary>
    public string? Reason => Means;

    /// <summary>For the audit log: who, and from where.</summary>
    public string? Details => $"{User} from {Source}";
}

/// <summary>
/// Event: somebody was not let into the console. Published by OpsConsole, which takes few passwords from one address and in
/// all, so that an attacker cannot fill the audit log.
/// </summary>
/// <param name="OrganisationId">The default organisation.</param>
/// <param name="Source">The address that they came from, an IP address.</param>
/// <param name="Reason">
/// <c>wrong-password</c>, <c>used-up-link</c> or <c>too-many-attempts</c> (once for all that follow within five minutes).
/// </param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record ConsoleSignInRefused(
    OrganisationId OrganisationId,
    string Source,
    string Reason,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: from where.</summary>
    public string? Details => $"from {Source}";
}

/// <summary>Event: somebody left the console. Published by OpsConsole.</summary>
/// <param name="OrganisationId">The default organisation.</param>
/// <param name="User">Who: <c>Owner</c>.</param>
/// <param name="Source">The address that they came from, an IP address.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record ConsoleSignedOut(
    OrganisationId OrganisationId,
    string User,
    string Source,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: who, and from where.</summary>
    public string? Details => $"{User} from {Source}";
}

/// <summary>Event: there is a new organisation. Published by ProxyGateway.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record OrganisationCreated(OrganisationId OrganisationId, DateTimeOffset OccurredAt) : IAuditedEvent;
