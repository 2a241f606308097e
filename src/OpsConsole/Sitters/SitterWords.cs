using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Sitters;

/// <summary>What is said about sitters, in the owner's words.</summary>
internal static class SitterWords
{
    /// <summary>One word for where a sitter's Reserved number stands.</summary>
    /// <param name="sitter">The sitter.</param>
    public static string Status(SitterView sitter) =>
        !sitter.Active ? "removed" : StatusOf(sitter)?.ToString() ?? "no number";

    /// <summary>Where a sitter's Reserved number stands; none without one.</summary>
    /// <param name="sitter">The sitter.</param>
    public static NumberStatus? StatusOf(SitterView sitter) =>
        sitter.ReservedStatus ?? (sitter.ReservedNumber is null ? null : NumberStatus.Ready);

    /// <summary>What is said once something was done; none for anything else, since anyone can type an address.</summary>
    /// <param name="done">The word in the address.</param>
    /// <param name="sitter">The sitter as it is now.</param>
    public static string? Outcome(string? done, SitterView sitter) => (done, StatusOf(sitter)) switch
    {
        ("assigned", NumberStatus.Ready) when sitter.Active =>
            $"{sitter.Name} was added. A standby number was Ready and is theirs from now on.",
        ("ordered", NumberStatus.Ready) when sitter.Active =>
            $"{sitter.Name} was added, and the number that was ordered is Ready.",
        ("assigned" or "ordered", NumberStatus.Failed) when sitter.Active =>
            $"{sitter.Name} was added, but the number that was ordered failed.",
        ("assigned" or "ordered", _) when sitter.Active =>
            $"{sitter.Name} was added. No standby number was Ready, so one was ordered; it is bought, attached and tested by itself.",
        ("removed", _) when !sitter.Active =>
            $"{sitter.Name} was removed, and their open sessions close. Their number rests, then stands by for the next sitter.",
        ("changed", _) when sitter.Active => "The changes are in effect.",
        _ => null,
    };
}
