using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Monitors;

namespace PhoneMasking.NumberService.Tests.Monitors;

public sealed class PurchaseDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, 86, 0, null, MonitorDecision.BelowThreshold)]
    [InlineData(100, 87, 0, null, MonitorDecision.Ordered)]
    [InlineData(100, 87, 1, null, MonitorDecision.AlreadyPending)]
    [InlineData(100, 87, 0, 71, MonitorDecision.CoolingDown)]
    [InlineData(100, 87, 0, 72, MonitorDecision.Ordered)]
    [InlineData(0, 0, 0, null, MonitorDecision.BelowThreshold)]
    [InlineData(0, 1, 0, null, MonitorDecision.Ordered)]
    public void PoolCapacity_ByRate_BuysFromTheThresholdOn(
        int ready,
        int sessions,
        int pending,
        int? hoursSincePurchase,
        MonitorDecision expected)
    {
        var figures = new UtilizationView(ready, sessions, pending, 0, 0, sessions, sessions + 2);

        var decision = PurchaseDecision.Make(
            NumberMonitor.PoolCapacity, figures, Now - Hours(hoursSincePurchase), new MonitorOptions(), Now);

        Assert.Equal(expected, decision);
    }

    [Theory]
    [InlineData(7, 5, MonitorDecision.BelowThreshold)]
    [InlineData(6, 5, MonitorDecision.Ordered)]
    [InlineData(1, 0, MonitorDecision.Ordered)]
    public void PoolCapacity_ByNeed_BuysBelowTheBusiestSittersNeedPlusHeadroom(
        int ready,
        int largest,
        MonitorDecision expected)
    {
        var options = new MonitorOptions { BuyBy = PurchaseRule.Need };
        var figures = new UtilizationView(ready, 0, 0, 0, 0, largest, largest + options.Headroom);

        Assert.Equal(expected, PurchaseDecision.Make(NumberMonitor.PoolCapacity, figures, null, options, Now));
    }

    [Theory]
    [InlineData(0, 0, MonitorDecision.Ordered)]
    [InlineData(0, 1, MonitorDecision.AlreadyPending)]
    [InlineData(1, 0, MonitorDecision.StandbyPresent)]
    public void StandbyKeeper_WithoutAStandbyNumber_BuysOne(int ready, int pending, MonitorDecision expected)
    {
        var figures = new UtilizationView(0, 0, 0, ready, pending, 0, 2);

        Assert.Equal(
            expected, PurchaseDecision.Make(NumberMonitor.StandbyKeeper, figures, Now, new MonitorOptions(), Now));
    }

    private static TimeSpan? Hours(int? hours) => hours is { } given ? TimeSpan.FromHours(given) : null;
}
