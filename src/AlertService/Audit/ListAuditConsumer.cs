using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Answers with a page of the audit log, newest first. Changes nothing.</summary>
internal sealed class ListAuditConsumer(AlertDbContext db) : IConsumer<ListAudit>
{
    public async Task Consume(ConsumeContext<ListAudit> context)
    {
        var request = context.Message;
        if (RequestRules.PageLimit(request.Limit) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var records = db.Audit.AsNoTracking().Where(record => record.OrganisationId == request.OrganisationId);
        if (request.After is { } after)
        {
            records = records.Where(record => record.Id < after);
        }

        if (!string.IsNullOrEmpty(request.Event))
        {
            records = records.Where(record => record.Event == request.Event);
        }

        var found = await records
            .OrderByDescending(record => record.Id)
            .Take(request.Limit + 1)
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).Select(record => record.ToView()).ToArray();
        await context.RespondAsync(new AuditPage(items, found.Count > items.Length ? items[^1].Id : null));
    }
}

internal sealed class ListAuditConsumerDefinition()
    : ServiceConsumerDefinition<ListAuditConsumer>("alert-service.list-audit", concurrency: 8);
