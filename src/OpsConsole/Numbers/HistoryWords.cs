using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Numbers;

/// <summary>Says what changed from one entry of a number's history to the next.</summary>
internal static class HistoryWords
{
    /// <summary>What happened.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="before">The entry before it in time; none for the first.</param>
    public static string Of(NumberHistoryEntry entry, NumberHistoryEntry? before)
    {
        if (before is null)
        {
            return entry.Stage == NumberStage.Intended ? "Ordered" : "Added";
        }

        var changes = new[] { Hand(entry, before), Step(entry, before), Purpose(entry, before) }.OfType<string>().ToList();
        return changes.Count > 0 ? string.Join("; ", changes.Select((words, place) => place == 0 ? words : char.ToLowerInvariant(words[0]) + words[1..]))
            : entry.Reason is not null && entry.Reason != before.Reason ? "Waits"
            : "Tried again";
    }

    private static string? Hand(NumberHistoryEntry entry, NumberHistoryEntry before) =>
        (entry.SitterId, entry.ClientId) == (before.SitterId, before.ClientId) ? null
        : entry.SitterId is not null && entry.SitterId != before.SitterId ? "Given to a sitter"
        : entry.ClientId is not null && entry.ClientId != before.ClientId ? "Given to a client"
        : before.SitterId is not null ? "Taken back from the sitter"
        : "Taken back from the client";

    private static string? Step(NumberHistoryEntry entry, NumberHistoryEntry before) =>
        entry.Stage == before.Stage
            ? null
            : entry.Stage switch
            {
                NumberStage.Intended => "Ordered again",
                NumberStage.Bought when before.Stage == NumberStage.Intended => "Bought",
                NumberStage.Bought => "To be attached again",
                NumberStage.Attached when before.Stage is NumberStage.Ready or NumberStage.Failed => "To be tested again",
                NumberStage.Attached => "Attached",
                NumberStage.Ready when before.Stage == NumberStage.Resting => "Rested, Ready again",
                NumberStage.Ready => "Test passed, Ready",
                NumberStage.Failed => "Given up",
                NumberStage.Resting => "Rests",
                NumberStage.Retired => "Retired",
                _ => entry.Stage.ToString(),
            };

    private static string? Purpose(NumberHistoryEntry entry, NumberHistoryEntry before) =>
        entry.Lifecycle == before.Lifecycle ? null : $"Now {NumberWords.Of(entry.Lifecycle)}";
}
