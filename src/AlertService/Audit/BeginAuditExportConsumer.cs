using MassTransit;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Lets an export begin that is not too large, and records who takes it. Asked again, it is recorded again.</summary>
internal sealed class BeginAuditExportConsumer(AuditReader reader, AlertDbContext db, TimeProvider clock)
    : IConsumer<BeginAuditExport>
{
    private const string What = "audit";

    public async Task Consume(ConsumeContext<BeginAuditExport> context)
    {
        var request = context.Message;
        var answer = RequestRules.Name(request.By) is { } refused
            ? refused with { Field = "by" }
            : await reader.CountAsync(request.Audit, context.CancellationToken);
        if (answer is AuditExportBegun(var records))
        {
            var now = clock.GetUtcNow();
            var exported = new RecordsExported(
                request.Audit.OrganisationId, What, PlainWords.Of(request.By, RequestRules.MaxName), records, request.ApiKeyId, now);
            db.Outbox.Add(OutboxMessage.Of(exported, now));
            await db.SaveChangesAsync(context.CancellationToken);
        }

        await context.RespondAsync(answer);
    }
}

internal sealed class BeginAuditExportConsumerDefinition()
    : ServiceConsumerDefinition<BeginAuditExportConsumer>("alert-service.begin-audit-export", concurrency: 2);
