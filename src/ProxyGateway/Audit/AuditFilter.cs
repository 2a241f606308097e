using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Audit;

/// <summary>Which records of the audit log are asked for; all filters must fit. AlertService says which word is wrong.</summary>
public sealed record AuditFilter
{
    /// <summary>Only this kind of event, for example <c>SessionOpened</c>.</summary>
    [FromQuery(Name = "event"), StringLength(RequestRules.MaxName)]
    public string? Event { get; init; }

    /// <summary>Only this category, as in the answers, for example <c>Delivery Error</c>.</summary>
    [FromQuery(Name = "category"), StringLength(RequestRules.MaxName)]
    public string? Category { get; init; }

    /// <summary>Only this severity: <c>Info</c>, <c>Warning</c>, <c>Error</c> or <c>Critical</c>.</summary>
    [FromQuery(Name = "severity"), StringLength(RequestRules.MaxName)]
    public string? Severity { get; init; }

    /// <summary>Only what happened then or later.</summary>
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Only what happened before.</summary>
    [FromQuery(Name = "until")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only about this sitter.</summary>
    [FromQuery(Name = "sitterId")]
    public Guid? SitterId { get; init; }

    /// <summary>Only about this client.</summary>
    [FromQuery(Name = "clientId")]
    public Guid? ClientId { get; init; }

    /// <summary>Only about this number of the organisation.</summary>
    [FromQuery(Name = "numberId")]
    public Guid? NumberId { get; init; }

    /// <summary>Only about this session.</summary>
    [FromQuery(Name = "sessionId")]
    public Guid? SessionId { get; init; }

    /// <summary>Only about this text.</summary>
    [FromQuery(Name = "messageId")]
    public Guid? MessageId { get; init; }

    /// <summary>Only about this key.</summary>
    [FromQuery(Name = "apiKeyId")]
    public Guid? ApiKeyId { get; init; }

    internal ListAudit Request(OrganisationId organisation, Guid? after, int limit, string? search = null) => new(
        organisation,
        after,
        limit,
        Event,
        Category,
        Severity,
        From,
        Until,
        SitterId is { } sitter ? new SitterId(sitter) : null,
        ClientId is { } client ? new ClientId(client) : null,
        NumberId is { } number ? new NumberId(number) : null,
        SessionId is { } session ? new SessionId(session) : null,
        MessageId is { } message ? new MessageId(message) : null,
        ApiKeyId is { } key ? new ApiKeyId(key) : null,
        search);
}
