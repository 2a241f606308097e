using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Numbers;

/// <summary>What the owner can do with a number; the service has the last word.</summary>
internal static class NumberAction
{
    public const string Attach = "attach";
    public const string Verify = "verify";
    public const string Assign = "assign";
    public const string Release = "release";

    /// <summary>Whether to offer to attach it again, or to order it again when nothing was bought.</summary>
    /// <param name="number">The number.</param>
    public static bool MayAttach(NumberView number) => number.Stage switch
    {
        NumberStage.Bought or NumberStage.Attached or NumberStage.Ready or NumberStage.Failed => true,
        NumberStage.Intended => number.Reason is not null,
        _ => false,
    };

    /// <summary>Whether to offer another test text.</summary>
    /// <param name="number">The number.</param>
    public static bool MayVerify(NumberView number) =>
        number.Number is not null
        && (number.Stage is NumberStage.Attached or NumberStage.Ready
            || (number.Stage == NumberStage.Failed && number.AttachStatus == AttachStatus.Ready));

    /// <summary>Whether to offer to give it to a sitter.</summary>
    /// <param name="number">The number.</param>
    public static bool MayAssign(NumberView number) =>
        number is { Lifecycle: NumberLifecycle.StandbyReserved, Status: NumberStatus.Ready };

    /// <summary>Whether to offer to take it back.</summary>
    /// <param name="number">The number.</param>
    public static bool MayRelease(NumberView number) =>
        number.Number is not null && (number.SitterId is not null || number.ClientId is not null);

    /// <summary>Whether to offer to give it up.</summary>
    /// <param name="number">The number.</param>
    public static bool MayRetire(NumberView number) =>
        number is { SitterId: null, ClientId: null, Stage: not NumberStage.Retired };

    /// <summary>Who can be given a standby number: active sitters without one, or whose number failed.</summary>
    /// <param name="sitters">All sitters.</param>
    public static IEnumerable<SitterView> Takers(IEnumerable<SitterView> sitters) =>
        sitters.Where(sitter => sitter.Active
            && (sitter.ReservedStatus == NumberStatus.Failed || sitter is { ReservedStatus: null, ReservedNumber: null }));
}
