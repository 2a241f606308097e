using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>Answers with a page of runs, newest first. Changes nothing.</summary>
internal sealed class ListMonitorRunsConsumer(NumberDbContext db) : IConsumer<ListMonitorRuns>
{
    public async Task Consume(ConsumeContext<ListMonitorRuns> context)
    {
        var request = context.Message;
        if (RequestRules.PageLimit(request.Limit) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var runs = db.MonitorRuns.AsNoTracking().Where(run => run.OrganisationId == request.OrganisationId);
        if (request.Monitor is { } monitor)
        {
            runs = runs.Where(run => run.Monitor == monitor);
        }

        if (request.After is { } after)
        {
            runs = runs.Where(run => run.Id.CompareTo(after) < 0);
        }

        var found = await runs
            .OrderByDescending(run => run.Id)
            .Take(request.Limit + 1)
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).Select(run => run.ToView()).ToArray();
        await context.RespondAsync(new MonitorRunPage(items, found.Count > items.Length ? items[^1].Id : null));
    }
}

internal sealed class ListMonitorRunsConsumerDefinition()
    : ServiceConsumerDefinition<ListMonitorRunsConsumer>("number-service.list-monitor-runs", concurrency: 4);
