using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Monitors;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Utilization;

/// <summary>Answers how busy the numbers are now. Changes nothing.</summary>
internal sealed class ReadUtilizationConsumer(
    NumberDbContext db,
    UtilizationLog utilization,
    IOptions<MonitorOptions> monitors) : IConsumer<ReadUtilization>
{
    public async Task Consume(ConsumeContext<ReadUtilization> context)
    {
        var organisation = context.Message.OrganisationId;
        var figures = await utilization.CountAsync(organisation, context.CancellationToken);
        var countedFrom = await db.MonitorSchedules
            .AsNoTracking()
            .Where(schedule => schedule.OrganisationId == organisation)
            .ToDictionaryAsync(schedule => schedule.Monitor, schedule => schedule.CountedFrom, context.CancellationToken);
        await context.RespondAsync(new UtilizationNow(
            figures.ToView(monitors.Value.Headroom),
            monitors.Value.Threshold,
            monitors.Value.BuyBy == PurchaseRule.Need,
            figures.LastPoolPurchaseAt,
            NextRun(NumberMonitor.PoolCapacity),
            NextRun(NumberMonitor.StandbyKeeper)));

        DateTimeOffset? NextRun(NumberMonitor monitor) =>
            countedFrom.TryGetValue(monitor, out var from) ? from + monitors.Value.Interval : null;
    }
}

internal sealed class ReadUtilizationConsumerDefinition()
    : ServiceConsumerDefinition<ReadUtilizationConsumer>("number-service.read-utilization", concurrency: 8);
