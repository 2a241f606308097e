using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Shell;

namespace PhoneMasking.OpsConsole.Numbers;

/// <summary>What is said about numbers, in the owner's words.</summary>
internal static class NumberWords
{
    /// <summary>What a number can be for, as in an address.</summary>
    public static readonly IReadOnlyList<(NumberLifecycle Value, Choice Choice)> Lifecycles =
    [
        (NumberLifecycle.Pool, new("pool", "Pool")),
        (NumberLifecycle.ReservedActive, new("reserved", "Reserved")),
        (NumberLifecycle.StandbyReserved, new("standby", "Standby reserved")),
        (NumberLifecycle.Dedicated, new("dedicated", "Dedicated")),
    ];

    /// <summary>The states of a number, as in an address.</summary>
    public static readonly IReadOnlyList<(NumberStatus Value, Choice Choice)> Statuses =
    [
        (NumberStatus.Pending, new("pending", "Pending")),
        (NumberStatus.Ready, new("ready", "Ready")),
        (NumberStatus.Failed, new("failed", "Failed")),
        (NumberStatus.Resting, new("resting", "Resting")),
        (NumberStatus.Retired, new("retired", "Retired")),
    ];

    /// <summary>What a number is for.</summary>
    /// <param name="lifecycle">The value.</param>
    public static string Of(NumberLifecycle lifecycle) => Lifecycles.First(known => known.Value == lifecycle).Choice.Words;

    /// <summary>The number, or what stands for it while there is none.</summary>
    /// <param name="number">The number.</param>
    public static string Name(NumberView number) => number switch
    {
        { Number: { } known } => known.Reveal(),
        { Stage: NumberStage.Retired } => "Dropped order",
        { Stage: NumberStage.Failed } => "Failed order",
        _ => "On order",
    };

    /// <summary>How far a number is.</summary>
    /// <param name="stage">The value.</param>
    public static string Of(NumberStage stage) => stage switch
    {
        NumberStage.Intended => "To be bought",
        NumberStage.Bought => "Bought, not yet attached",
        NumberStage.Attached => "Attached, waiting for the test text",
        NumberStage.Ready => "Ready",
        NumberStage.Failed => "Given up",
        NumberStage.Resting => "Resting before it is used again",
        NumberStage.Retired => "No longer ours",
        _ => stage.ToString(),
    };

    /// <summary>What a number was bought for.</summary>
    /// <param name="purpose">The value; none when it was imported.</param>
    public static string Of(NumberPurpose? purpose) => purpose switch
    {
        NumberPurpose.SitterAssignment => "Bought for a sitter",
        NumberPurpose.PoolExpansion => "Bought for the pool",
        NumberPurpose.StandbyReplenishment => "Bought to stand by",
        _ => "Taken over, not bought here",
    };

    /// <summary>Where the Attach-Number routine stands.</summary>
    /// <param name="status">The value.</param>
    public static string Of(AttachStatus status) => status switch
    {
        AttachStatus.Ready => "Done",
        AttachStatus.Failed => "Failed",
        _ => "Not done yet",
    };

    /// <summary>Where the test text stands.</summary>
    /// <param name="status">The value.</param>
    public static string Of(VerificationStatus status) => status switch
    {
        VerificationStatus.NotSent => "Not sent",
        VerificationStatus.Sent => "Sent, not yet delivered",
        VerificationStatus.Verified => "Delivered",
        _ => "Not delivered",
    };

    /// <summary>Why a number failed or waits, with Twilio's code when there is one; none when it does neither.</summary>
    /// <param name="reason">The stable word.</param>
    /// <param name="errorCode">Twilio's error code.</param>
    public static string? Why(string? reason, int? errorCode) => (Reasons.Of(reason), errorCode) switch
    {
        (null, null) => null,
        (null, { } code) => $"Twilio error {code}",
        ({ } words, null) => words,
        ({ } words, { } code) => $"{words} (Twilio error {code})",
    };

    /// <summary>What a number that is neither Ready nor failed waits for; none when it waits for nothing.</summary>
    /// <param name="number">The number.</param>
    public static string? Step(NumberView number) =>
        number.Stage is NumberStage.Intended or NumberStage.Bought or NumberStage.Attached ? Of(number.Stage) : null;
}
