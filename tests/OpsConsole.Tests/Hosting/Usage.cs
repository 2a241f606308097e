using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>How busy the numbers are, and the monitors that watch it.</summary>
internal sealed class Usage
{
    private readonly ConcurrentDictionary<Guid, MonitorRun> _runs = [];
    private int _made;

    public UtilizationView Now { get; set; } = new(20, 15, 0, 1, 0, 6, 8);

    public bool BuysByNeed { get; set; }

    public ConcurrentQueue<UtilizationPoint> Points { get; } = [];

    public IEnumerable<MonitorRun> Runs => _runs.Values;

    /// <summary>Four points a day that rise and fall, the same each time.</summary>
    public void Fill(DateTimeOffset until, int days)
    {
        for (var step = days * 4; step > 0; step--)
        {
            var ready = 16 + ((days * 4) - step >= days * 2 ? 4 : 0);
            var sessions = (int)(ready * (0.6 + (0.22 * Math.Sin(step / 9.0)) + (0.06 * Math.Sin(step * 1.7))));
            Points.Enqueue(new UtilizationPoint(
                until.AddHours(-6 * step), new UtilizationView(ready, sessions, step % 37 == 0 ? 1 : 0, step % 29 == 0 ? 0 : 1, 0, sessions / 3, (sessions / 3) + 2)));
        }
    }

    public MonitorRun Run(Guid requestId, NumberMonitor monitor, bool onDemand, DateTimeOffset at) => _runs.GetOrAdd(requestId, _ => new MonitorRun(
        Guid.CreateVersion7(Records.Noon.AddSeconds(Interlocked.Increment(ref _made))), monitor, onDemand, Now, Decide(monitor), null, at));

    public void AnswerOn(IReceiveEndpointConfigurator queue)
    {
        queue.Handler<ReadUtilization>(c => c.RespondAsync(new UtilizationNow(
            Now, 0.87, BuysByNeed, Records.Noon.AddDays(-9), Records.Noon.AddHours(31), Records.Noon.AddHours(7))));
        queue.Handler<ListUtilization>(c => c.RespondAsync(new UtilizationHistory(
            [.. Points.Where(point => point.At >= c.Message.From && point.At < c.Message.To)])));
        queue.Handler<ListMonitorRuns>(c =>
        {
            var (items, next) = Records.Newest(_runs.Values, run => run.Id, c.Message.After, c.Message.Limit);
            return c.RespondAsync(new MonitorRunPage(items, next));
        });
        queue.Handler<RunMonitor>(c => c.RespondAsync(Run(c.Message.RequestId, c.Message.Monitor, onDemand: true, Records.Noon)));
    }

    private MonitorDecision Decide(NumberMonitor monitor) => monitor == NumberMonitor.StandbyKeeper
        ? Now.ReadyStandbyNumbers > 0 ? MonitorDecision.StandbyPresent : MonitorDecision.Ordered
        : Now.Rate < 0.87 ? MonitorDecision.BelowThreshold : MonitorDecision.Ordered;
}
