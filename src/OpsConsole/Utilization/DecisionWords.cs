using System.Globalization;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Utilization;

/// <summary>What a monitor saw and decided, in the owner's words.</summary>
internal static class DecisionWords
{
    /// <summary>A monitor's name.</summary>
    /// <param name="monitor">Which one.</param>
    public static string Of(NumberMonitor monitor) =>
        monitor == NumberMonitor.PoolCapacity ? "Pool capacity monitor" : "Standby keeper";

    /// <summary>What it decided.</summary>
    /// <param name="run">The run.</param>
    public static string Decision(MonitorRun run) => run.Decision switch
    {
        MonitorDecision.Ordered => run.Monitor == NumberMonitor.PoolCapacity ? "Ordered one pool number" : "Ordered one standby number",
        MonitorDecision.BelowThreshold => "Enough pool numbers: nothing ordered",
        MonitorDecision.CoolingDown => "Bought one not long ago: waits before it buys again",
        MonitorDecision.AlreadyPending => "One is on its way already: nothing ordered",
        MonitorDecision.StandbyPresent => "A standby number is there: nothing ordered",
        _ => run.Decision.ToString(),
    };

    /// <summary>What it saw.</summary>
    /// <param name="run">The run.</param>
    public static string Saw(MonitorRun run)
    {
        var seen = run.Utilization;
        return run.Monitor == NumberMonitor.PoolCapacity
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Count(seen.ActiveSessions, "session")} on {Count(seen.ReadyPoolNumbers, "Ready pool number")}, {seen.PendingPoolNumbers} pending: {Figures.Rate(seen)}; truly needed {seen.NeededPoolNumbers}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{seen.ReadyStandbyNumbers} standby Ready, {seen.PendingStandbyNumbers} on the way");
    }

    private static string Count(int count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
