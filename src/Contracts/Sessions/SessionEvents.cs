namespace PhoneMasking.Contracts;

/// <summary>Event: a sitter and a client are in touch, masked by a pool number. Published by ProxyGateway.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SessionId">The session.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="ClientId">The client.</param>
/// <param name="NumberId">The pool number that stands for the client on the sitter's phone.</param>
/// <param name="Reopened">True when a closed session came back, false for a new one.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SessionOpened(
    OrganisationId OrganisationId,
    SessionId SessionId,
    SitterId SitterId,
    ClientId ClientId,
    NumberId NumberId,
    bool Reopened,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SessionId? IAuditedEvent.SessionId => SessionId;

    SitterId? IAuditedEvent.SitterId => SitterId;

    ClientId? IAuditedEvent.ClientId => ClientId;

    NumberId? IAuditedEvent.NumberId => NumberId;

    /// <summary>For the audit log: <c>reopened</c> when a closed session came back.</summary>
    public string? Reason => Reopened ? "reopened" : null;
}

/// <summary>Event: a session ended and its pool number is free for this sitter again. Published by ProxyGateway.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SessionId">The session.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="ClientId">The client.</param>
/// <param name="NumberId">The pool number.</param>
/// <param name="Reason">Why: <c>expired</c>, <c>api</c>, <c>sitter-removed</c>, <c>client-merged</c> or <c>number-retired</c>.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SessionClosed(
    OrganisationId OrganisationId,
    SessionId SessionId,
    SitterId SitterId,
    ClientId ClientId,
    NumberId NumberId,
    string Reason,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SessionId? IAuditedEvent.SessionId => SessionId;

    SitterId? IAuditedEvent.SitterId => SitterId;

    ClientId? IAuditedEvent.ClientId => ClientId;

    NumberId? IAuditedEvent.NumberId => NumberId;
}

/// <summary>Event: a session's time to live was restarted on request. Published by ProxyGateway.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SessionId">The session.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ExpiresAt">When it ends unless there is an interaction before, in UTC.</param>
/// <param name="ApiKeyId">The key to the public API that asked for it.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SessionExtended(
    OrganisationId OrganisationId,
    SessionId SessionId,
    SitterId SitterId,
    ClientId ClientId,
    DateTimeOffset ExpiresAt,
    ApiKeyId? ApiKeyId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SessionId? IAuditedEvent.SessionId => SessionId;

    SitterId? IAuditedEvent.SitterId => SitterId;

    ClientId? IAuditedEvent.ClientId => ClientId;
}

/// <summary>
/// Event: no pool number is free for a sitter, so a client's text is held until one is Ready. Published by ProxyGateway,
/// once for each text held.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter whose every pool number is taken.</param>
/// <param name="ClientId">The client who wrote.</param>
/// <param name="MessageId">The text that is held.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record PoolExhausted(
    OrganisationId OrganisationId,
    SitterId SitterId,
    ClientId ClientId,
    MessageId MessageId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    SitterId? IAuditedEvent.SitterId => SitterId;

    ClientId? IAuditedEvent.ClientId => ClientId;

    MessageId? IAuditedEvent.MessageId => MessageId;
}
