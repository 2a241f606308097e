namespace PhoneMasking.Contracts;

/// <summary>Request to ProxyGateway: a page of sessions, newest first. Answer: <see cref="SessionPage"/>.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="OpenOnly">True for open sessions only.</param>
public sealed record ListSessions(OrganisationId OrganisationId, SessionId? After, int Limit, bool OpenOnly = false);

/// <summary>Answer to <see cref="ListSessions"/>.</summary>
/// <param name="Items">The sessions of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record SessionPage(IReadOnlyList<SessionView> Items, SessionId? Next);

/// <summary>A session as the owner may see it.</summary>
/// <param name="Id">The session.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="SitterName">The sitter's name.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ClientName">The client's name.</param>
/// <param name="ReservedNumber">What the client sees.</param>
/// <param name="PoolNumber">What the sitter sees.</param>
/// <param name="Open">False once closed.</param>
/// <param name="OpenedAt">When it was first opened, in UTC.</param>
/// <param name="LastInteractionAt">The last message or call in either direction, in UTC.</param>
/// <param name="ExpiresAt">When it ends unless there is an interaction before, in UTC.</param>
/// <param name="ClosedReason">Why it ended: <c>expired</c>, <c>api</c>, <c>sitter-removed</c>, <c>client-merged</c> or <c>number-retired</c>.</param>
public sealed record SessionView(
    SessionId Id,
    SitterId SitterId,
    string SitterName,
    ClientId ClientId,
    string ClientName,
    E164Number ReservedNumber,
    E164Number PoolNumber,
    bool Open,
    DateTimeOffset OpenedAt,
    DateTimeOffset LastInteractionAt,
    DateTimeOffset ExpiresAt,
    string? ClosedReason);
