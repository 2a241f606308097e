namespace PhoneMasking.Contracts;

/// <summary>
/// Request to NumberService: a page of sitters, oldest first. Answer: <see cref="SitterPage"/>, or
/// <see cref="Refused"/> when the limit or the search is out of range.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="Search">Part of a name, in any case; none for all.</param>
public sealed record ListSitters(OrganisationId OrganisationId, SitterId? After, int Limit, string? Search = null);

/// <summary>Answer to <see cref="ListSitters"/>.</summary>
/// <param name="Items">The sitters of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record SitterPage(IReadOnlyList<SitterView> Items, SitterId? Next);

/// <summary>Request to NumberService: one sitter. Answer: <see cref="SitterView"/> or <see cref="Refused"/>.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
public sealed record ReadSitter(OrganisationId OrganisationId, SitterId SitterId);

/// <summary>A sitter as the owner may see it.</summary>
/// <param name="Id">The sitter.</param>
/// <param name="Name">Full name.</param>
/// <param name="Email">E-mail address, if known.</param>
/// <param name="RealNumber">The sitter's own phone.</param>
/// <param name="ReservedNumberId">The Reserved number's id; none while there is none.</param>
/// <param name="ReservedNumber">The number that clients text and call.</param>
/// <param name="Active">False once removed.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="CreatedAt">When added, in UTC.</param>
public sealed record SitterView(
    SitterId Id,
    string Name,
    string? Email,
    E164Number RealNumber,
    NumberId? ReservedNumberId,
    E164Number? ReservedNumber,
    bool Active,
    long Version,
    DateTimeOffset CreatedAt)
{
    /// <summary>Where the Reserved number stands: Pending while it is ordered or being set up; none without a number.</summary>
    public NumberStatus? ReservedStatus { get; init; }
}

/// <summary>
/// Request to NumberService: add a sitter, who gets a standby Reserved number that is Ready, and else one that is ordered
/// now. Answer: <see cref="SitterView"/> or <see cref="Refused"/>. The same request id again returns the same sitter.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="RequestId">Idempotency key of the request.</param>
/// <param name="Name">Full name, 1 to 100 characters.</param>
/// <param name="Email">E-mail address, if known.</param>
/// <param name="Phone">The sitter's own phone, in any usual form.</param>
public sealed record AddSitter(OrganisationId OrganisationId, Guid RequestId, string Name, string? Email, string Phone)
{
    /// <summary>Shows the request's id only: the rest is personal data.</summary>
    public override string ToString() => $"AddSitter {RequestId}";
}

/// <summary>
/// Request to NumberService: remove a sitter; the Reserved number becomes standby and open sessions close. Answer:
/// <see cref="SitterView"/> or <see cref="Refused"/>. Sending it twice has the effect of sending it once.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
public sealed record RemoveSitter(OrganisationId OrganisationId, SitterId SitterId);

/// <summary>
/// Request to NumberService: change a sitter's name, e-mail address or phone. Answer: <see cref="SitterView"/> or
/// <see cref="Refused"/>. What is absent stays; a repeat changes nothing.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="Name">The new full name.</param>
/// <param name="Email">The new e-mail address; empty removes it.</param>
/// <param name="Phone">The new phone, in any usual form.</param>
public sealed record ChangeSitter(
    OrganisationId OrganisationId,
    SitterId SitterId,
    string? Name = null,
    string? Email = null,
    string? Phone = null)
{
    /// <summary>Shows the sitter's id only: the rest is personal data.</summary>
    public override string ToString() => $"ChangeSitter {SitterId}";
}
