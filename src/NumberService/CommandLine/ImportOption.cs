using System.CommandLine;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.CommandLine;

/// <summary>The option <c>--import</c>: what numbers are taken over as that the inventory does not know.</summary>
internal static class ImportOption
{
    public static Option<NumberLifecycle?> Create() => new("--import")
    {
        HelpName = "pool|standby",
        Description = "Take over numbers that the account owns and the inventory does not know.",
        CustomParser = result =>
        {
            switch (result.Tokens)
            {
                case [{ Value: "pool" }]:
                    return NumberLifecycle.Pool;
                case [{ Value: "standby" }]:
                    return NumberLifecycle.StandbyReserved;
                default:
                    result.AddError("--import must be pool or standby.");
                    return null;
            }
        },
    };
}
