namespace PhoneMasking.Contracts;

/// <summary>Request to NumberService: a page of an organisation's numbers, oldest first. Answer: <see cref="NumberPage"/>.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
public sealed record ListNumbers(OrganisationId OrganisationId, NumberId? After, int Limit);

/// <summary>Answer to <see cref="ListNumbers"/>.</summary>
/// <param name="Items">The numbers of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record NumberPage(IReadOnlyList<NumberView> Items, NumberId? Next);

/// <summary>A number as others may see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">The number.</param>
/// <param name="Lifecycle">What it is for.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="SitterId">The sitter it is reserved for, if any.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="CreatedAt">When it was added, in UTC.</param>
public sealed record NumberView(
    NumberId Id,
    E164Number Number,
    NumberLifecycle Lifecycle,
    NumberStatus Status,
    SitterId? SitterId,
    long Version,
    DateTimeOffset CreatedAt);

/// <summary>
/// Request to NumberService: take over numbers that the account already owns. Answer: <see cref="NumbersImported"/>. What
/// exists is skipped, so sending it twice has the effect of sending it once.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="Text">
/// A comma- or newline-separated list of numbers, or CSV with the header <c>number,lifecycle</c> (<c>pool</c>,
/// <c>standby</c>); 256 KiB at most.
/// </param>
/// <param name="Lifecycle">What a number without a lifecycle of its own is for: Pool or StandbyReserved.</param>
public sealed record ImportNumbers(OrganisationId OrganisationId, string Text, NumberLifecycle Lifecycle)
{
    /// <summary>Leaves the numbers out.</summary>
    public override string ToString() => $"ImportNumbers of {OrganisationId}";
}

/// <summary>Answer to <see cref="ImportNumbers"/>: good lines went in, bad ones are named.</summary>
/// <param name="Imported">How many numbers are new.</param>
/// <param name="Skipped">How many were there already.</param>
/// <param name="Errors">The lines that were refused.</param>
public sealed record NumbersImported(int Imported, int Skipped, IReadOnlyList<ImportError> Errors);

/// <summary>A line of an import that was refused.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
public sealed record ImportError(int Line, string Detail);
