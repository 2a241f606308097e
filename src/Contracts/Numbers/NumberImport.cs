namespace PhoneMasking.Contracts;

/// <summary>
/// Request to NumberService: take over numbers that the account already owns. Answer: <see cref="NumbersImported"/>. What
/// exists is skipped, so sending it twice has the effect of sending it once. May be <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="Text">
/// A comma- or newline-separated list of numbers, or CSV with the header <c>number,lifecycle</c> (<c>pool</c>,
/// <c>standby</c>), or a file of exported numbers; 256 KiB at most.
/// </param>
/// <param name="Lifecycle">What a number without a lifecycle of its own is for: Pool or StandbyReserved.</param>
/// <param name="Attach">
/// True: each number is looked up at Twilio, attached and verified before it is Ready. False: it is taken over as it works now.
/// </param>
public sealed record ImportNumbers(
    OrganisationId OrganisationId,
    string Text,
    NumberLifecycle Lifecycle,
    bool Attach = false)
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
