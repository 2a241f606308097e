using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>Whether a monitor buys. Decides by what it is given alone.</summary>
internal static class PurchaseDecision
{
    /// <summary>Decides for one monitor.</summary>
    /// <param name="monitor">Which one.</param>
    /// <param name="figures">What is there now.</param>
    /// <param name="lastPoolPurchaseAt">When a pool number was last ordered or bought.</param>
    /// <param name="options">The limits.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <returns><see cref="MonitorDecision.Ordered"/> when exactly one number is to be ordered.</returns>
    public static MonitorDecision Make(
        NumberMonitor monitor,
        UtilizationView figures,
        DateTimeOffset? lastPoolPurchaseAt,
        MonitorOptions options,
        DateTimeOffset now) => monitor switch
        {
            NumberMonitor.PoolCapacity when !IsShort(figures, options) => MonitorDecision.BelowThreshold,
            NumberMonitor.PoolCapacity when figures.PendingPoolNumbers > 0 => MonitorDecision.AlreadyPending,
            NumberMonitor.PoolCapacity when lastPoolPurchaseAt > now - options.CoolDown => MonitorDecision.CoolingDown,
            NumberMonitor.StandbyKeeper when figures.ReadyStandbyNumbers > 0 => MonitorDecision.StandbyPresent,
            NumberMonitor.StandbyKeeper when figures.PendingStandbyNumbers > 0 => MonitorDecision.AlreadyPending,
            _ => MonitorDecision.Ordered,
        };

    private static bool IsShort(UtilizationView figures, MonitorOptions options) => options.BuyBy switch
    {
        PurchaseRule.Need => figures.ReadyPoolNumbers < figures.NeededPoolNumbers,
        _ => figures.Rate >= options.Threshold,
    };
}
