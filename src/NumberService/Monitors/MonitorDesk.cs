using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Utilization;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>
/// Runs a monitor: what it counts, its decision, the order that it places and the record of the run are one transaction,
/// and the runs of an organisation take turns.
/// </summary>
internal sealed class MonitorDesk(
    NumberDbContext db,
    NumberOrders orders,
    UtilizationLog utilization,
    IOptions<MonitorOptions> options,
    TimeProvider clock)
{
    /// <summary>Runs a monitor on demand. The same request again returns the same run.</summary>
    public async Task<MonitorRun> RunAsync(RunMonitor request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldOrganisationAsync(request.OrganisationId, cancellationToken);
        var before = await db.MonitorRuns.AsNoTracking().SingleOrDefaultAsync(
            run => run.OrganisationId == request.OrganisationId && run.RequestId == request.RequestId, cancellationToken);
        if (before is not null)
        {
            return before.ToView();
        }

        var run = await RecordAsync(request.OrganisationId, request.Monitor, request.RequestId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return run;
    }

    /// <summary>Runs a monitor by its schedule, unless another instance does so or has just done so.</summary>
    /// <returns>The run; none when it was not due any more.</returns>
    public async Task<MonitorRun?> RunIfDueAsync(
        OrganisationId organisation,
        NumberMonitor monitor,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetStorableNow();
        var due = await db.MonitorSchedules
            .FromSql($"""
                SELECT * FROM numbers.monitor_schedules
                WHERE organisation_id = {organisation.Value} AND monitor = {monitor.ToString()}
                    AND counted_from <= {now - options.Value.Interval}
                FOR UPDATE SKIP LOCKED
                """)
            .ToListAsync(cancellationToken);
        if (due.SingleOrDefault() is not { } schedule)
        {
            return null;
        }

        // Counted from now, not from when it was due: after a downtime one run stands for all that were missed.
        schedule.CountedFrom = now;
        await db.HoldOrganisationAsync(organisation, cancellationToken);
        var run = await RecordAsync(organisation, monitor, requestId: null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return run;
    }

    private async Task<MonitorRun> RecordAsync(
        OrganisationId organisation,
        NumberMonitor monitor,
        Guid? requestId,
        CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        var figures = await utilization.CountAsync(organisation, cancellationToken);
        var view = figures.ToView(options.Value.Headroom);
        var decision = PurchaseDecision.Make(monitor, view, figures.LastPoolPurchaseAt, options.Value, now);
        var id = Guid.CreateVersion7(now);
        var run = new StoredRun
        {
            Id = id,
            OrganisationId = organisation,
            Monitor = monitor,
            RequestId = requestId,
            Figures = view,
            Decision = decision,
            NumberId = decision == MonitorDecision.Ordered
                ? await OrderAsync(organisation, monitor, id, cancellationToken)
                : null,
            OccurredAt = now,
        };
        db.MonitorRuns.Add(run);
        db.Outbox.Add(OutboxMessage.Of(new MonitorRan(organisation, run.ToView()), now));
        await utilization.WriteAsync(organisation, now, view, cancellationToken);
        return run.ToView();
    }

    private async Task<NumberId> OrderAsync(
        OrganisationId organisation,
        NumberMonitor monitor,
        Guid run,
        CancellationToken cancellationToken)
    {
        var (lifecycle, purpose) = monitor == NumberMonitor.PoolCapacity
            ? (NumberLifecycle.Pool, NumberPurpose.PoolExpansion)
            : (NumberLifecycle.StandbyReserved, NumberPurpose.StandbyReplenishment);
        var order = await orders.AddAsync(
            organisation, lifecycle, purpose, run, line: 0, sitter: null, areaCode: null, cancellationToken);
        return order.Id;
    }
}
