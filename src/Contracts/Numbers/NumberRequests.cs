namespace PhoneMasking.Contracts;

/// <summary>
/// Request to NumberService: a page of an organisation's numbers, oldest first. Answer: <see cref="NumberPage"/> or
/// <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="Lifecycle">Only these; none for all.</param>
/// <param name="Status">Only these; none for all but the retired ones.</param>
public sealed record ListNumbers(
    OrganisationId OrganisationId,
    NumberId? After,
    int Limit,
    NumberLifecycle? Lifecycle = null,
    NumberStatus? Status = null);

/// <summary>Answer to <see cref="ListNumbers"/>.</summary>
/// <param name="Items">The numbers of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record NumberPage(IReadOnlyList<NumberView> Items, NumberId? Next);

/// <summary>A number as others may see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">The number; none while it is only ordered.</param>
/// <param name="Lifecycle">What it is for.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="SitterId">The sitter it is reserved for, if any.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="CreatedAt">When it was ordered or added, in UTC.</param>
public sealed record NumberView(
    NumberId Id,
    E164Number? Number,
    NumberLifecycle Lifecycle,
    NumberStatus Status,
    SitterId? SitterId,
    long Version,
    DateTimeOffset CreatedAt)
{
    /// <summary>How far it is on its way.</summary>
    public NumberStage Stage { get; init; }

    /// <summary>What it was bought for; none when it was imported.</summary>
    public NumberPurpose? Purpose { get; init; }

    /// <summary>Where the Attach-Number routine stands.</summary>
    public AttachStatus AttachStatus { get; init; }

    /// <summary>Where its test text stands.</summary>
    public VerificationStatus VerificationStatus { get; init; }

    /// <summary>The client it was given to, when Dedicated.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>Twilio's id, <c>PN</c> and 32 hexadecimal digits, when known.</summary>
    public string? TwilioSid { get; init; }

    /// <summary>
    /// Why it failed, or what it waits for, as a stable word in kebab case, for example <c>no-numbers-in-area</c> or
    /// <c>a2p-pending</c>.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Twilio's error code to go with <see cref="Reason"/>, if it gave one.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>When it was bought by us, in UTC.</summary>
    public DateTimeOffset? PurchasedAt { get; init; }

    /// <summary>Until when it rests, in UTC.</summary>
    public DateTimeOffset? RestsUntil { get; init; }
}

/// <summary>
/// Request to NumberService: one number with its history. Answer: <see cref="NumberDetail"/> or <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="NumberId">The number.</param>
public sealed record ReadNumber(OrganisationId OrganisationId, NumberId NumberId);

/// <summary>Answer to <see cref="ReadNumber"/>.</summary>
/// <param name="Number">The number as it is now.</param>
/// <param name="History">Every change of it, newest first, 200 at most.</param>
public sealed record NumberDetail(NumberView Number, IReadOnlyList<NumberHistoryEntry> History);

/// <summary>One change of a number.</summary>
/// <param name="OccurredAt">When, in UTC.</param>
/// <param name="Stage">How far it was then.</param>
/// <param name="Lifecycle">What it was for.</param>
/// <param name="SitterId">The sitter it was reserved for.</param>
/// <param name="ClientId">The client it was given to.</param>
/// <param name="Reason">Why it failed or waited.</param>
/// <param name="ErrorCode">Twilio's error code, if it gave one.</param>
public sealed record NumberHistoryEntry(
    DateTimeOffset OccurredAt,
    NumberStage Stage,
    NumberLifecycle Lifecycle,
    SitterId? SitterId,
    ClientId? ClientId,
    string? Reason,
    int? ErrorCode);
