using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>What is done with a number in each stage, as events, metrics and the column <c>failed_step</c> name it.</summary>
internal static class StepNames
{
    public const string Buy = "buy";
    public const string Attach = "attach";
    public const string Verify = "verify";
    public const string Rest = "rest";
    public const string Release = "release";

    public static string Of(NumberStage stage) => stage switch
    {
        NumberStage.Intended => Buy,
        NumberStage.Bought => Attach,
        NumberStage.Resting => Rest,
        NumberStage.Retired => Release,
        _ => Verify,
    };
}
