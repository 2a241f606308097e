using PhoneMasking.AlertService.Audit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.DeadLetters.Settling;

/// <summary>Everything that requests about dead letters are refused for.</summary>
internal static class Refusals
{
    private const int LongestWhy = 200;

    public static Refused UnknownDeadLetter() =>
        new(RefusalKind.NotFound, "unknown-dead-letter", "There is no dead letter with this id.", "deadLetterId");

    public static Refused Discarded() => new(
        RefusalKind.Conflict, "dead-letter-discarded", "This dead letter was discarded; what it said is gone.");

    public static Refused SentAgain() => new(
        RefusalKind.Conflict, "dead-letter-sent-again", "This dead letter was sent again: there is nothing to discard.");

    public static Refused QueueGone() => new(
        RefusalKind.Conflict, "queue-gone", "Its queue does not exist: start the service that it belongs to, or discard it.");

    /// <summary>Whoever asks names themselves.</summary>
    public static Refused? By(string by) =>
        RequestRules.Name(by) is null && !PlainWords.HoldNumber(by)
            ? null
            : RequestRules.Invalid("invalid-by", $"Name who asks with 1 to {RequestRules.MaxName} printable characters.", "by");

    /// <summary>The audit log keeps why for good, so it must not hold what does not belong there.</summary>
    public static Refused? Why(string? why) =>
        string.IsNullOrWhiteSpace(why) || why.Length > LongestWhy || why.Any(char.IsControl) || PlainWords.HoldNumber(why)
        || PlainWords.Of(why, LongestWhy) != why
            ? RequestRules.Invalid(
                "invalid-why", $"Say why with 1 to {LongestWhy} printable characters and without telephone numbers.", "why")
            : null;
}
