namespace PhoneMasking.Contracts;

/// <summary>
/// Request to SyncService: a page of clients, oldest first. Answer: <see cref="ClientPage"/>, or
/// <see cref="Refused"/> when the limit or the search is out of range.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="Search">Part of a name, in any case; none for all.</param>
public sealed record ListClients(OrganisationId OrganisationId, ClientId? After, int Limit, string? Search = null);

/// <summary>Answer to <see cref="ListClients"/>.</summary>
/// <param name="Items">The clients of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record ClientPage(IReadOnlyList<ClientView> Items, ClientId? Next);

/// <summary>Request to SyncService: one client. Answer: <see cref="ClientView"/> or <see cref="Refused"/>.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ClientId">The client.</param>
public sealed record ReadClient(OrganisationId OrganisationId, ClientId ClientId);

/// <summary>A client as the owner may see it.</summary>
/// <param name="Id">The client.</param>
/// <param name="Name">Full name, as sitters see it.</param>
/// <param name="Email">E-mail address, if known.</param>
/// <param name="Numbers">All of the client's phones.</param>
/// <param name="Provisional">True while nothing but a number is known.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="CreatedAt">When added, in UTC.</param>
public sealed record ClientView(
    ClientId Id,
    string Name,
    string? Email,
    IReadOnlyList<E164Number> Numbers,
    bool Provisional,
    long Version,
    DateTimeOffset CreatedAt);

/// <summary>
/// Request to SyncService: add a client, or take over the provisional record of one of the phones. Answer:
/// <see cref="ClientView"/> or <see cref="Refused"/>. The same request id again returns the same client.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="RequestId">Idempotency key of the request.</param>
/// <param name="Name">Full name, 1 to 100 characters.</param>
/// <param name="Email">E-mail address, if known.</param>
/// <param name="Phones">One to ten phones, in any usual form.</param>
public sealed record AddClient(
    OrganisationId OrganisationId,
    Guid RequestId,
    string Name,
    string? Email,
    IReadOnlyList<string> Phones)
{
    /// <summary>Shows the request's id only: the rest is personal data.</summary>
    public override string ToString() => $"AddClient {RequestId}";
}

/// <summary>
/// Request to SyncService: change a client; what is null stays. Answer: <see cref="ClientView"/> or <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Name">New full name, 1 to 100 characters.</param>
/// <param name="Email">New e-mail address.</param>
/// <param name="Phones">All phones from now on, one to ten.</param>
public sealed record ChangeClient(
    OrganisationId OrganisationId,
    ClientId ClientId,
    string? Name,
    string? Email,
    IReadOnlyList<string>? Phones)
{
    /// <summary>Shows the client's id only: the rest is personal data.</summary>
    public override string ToString() => $"ChangeClient {ClientId}";
}
