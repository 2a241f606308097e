namespace PhoneMasking.Contracts;

/// <summary>
/// Event: a client was added or changed; carries the whole state. Published by SyncService. An older
/// <paramref name="Version"/> than the one already seen is ignored.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Name">Full name, as sitters see it.</param>
/// <param name="Numbers">All of the client's phones.</param>
/// <param name="Provisional">True while nothing but a number is known.</param>
/// <param name="Version">Grows with every change of this client.</param>
/// <param name="OccurredAt">When it changed, in UTC.</param>
public sealed record ClientChanged(
    OrganisationId OrganisationId,
    ClientId ClientId,
    string Name,
    IReadOnlyList<E164Number> Numbers,
    bool Provisional,
    long Version,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    ClientId? IAuditedEvent.ClientId => ClientId;

    /// <summary>For the audit log: <c>provisional</c> while nothing but a number is known.</summary>
    public string? Reason => Provisional ? "provisional" : null;
}

/// <summary>
/// Event: a provisional client turned out to be one who is known. Published by SyncService; a repeat changes nothing.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ProvisionalClientId">The provisional record, which ends.</param>
/// <param name="ClientId">The client it was all along.</param>
/// <param name="OccurredAt">When that was found, in UTC.</param>
public sealed record ClientMerged(
    OrganisationId OrganisationId,
    ClientId ProvisionalClientId,
    ClientId ClientId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    ClientId? IAuditedEvent.ClientId => ClientId;
}

/// <summary>
/// Event: somebody unknown texted a Reserved number and was given a provisional client id. Published by ProxyGateway;
/// SyncService makes the record. A repeat changes nothing.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ClientId">The id given to the sender.</param>
/// <param name="Number">The sender's number.</param>
/// <param name="SitterId">The sitter who was texted.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record UnknownSenderSeen(
    OrganisationId OrganisationId,
    ClientId ClientId,
    E164Number Number,
    SitterId SitterId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    ClientId? IAuditedEvent.ClientId => ClientId;

    SitterId? IAuditedEvent.SitterId => SitterId;
}
