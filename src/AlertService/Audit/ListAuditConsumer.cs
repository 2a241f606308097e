using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Answers with a page of the audit log, newest first. Changes nothing.</summary>
internal sealed class ListAuditConsumer(AuditReader reader) : IConsumer<ListAudit>
{
    public async Task Consume(ConsumeContext<ListAudit> context) =>
        await context.RespondAsync(await reader.PageAsync(context.Message, context.CancellationToken));
}

internal sealed class ListAuditConsumerDefinition()
    : ServiceConsumerDefinition<ListAuditConsumer>("alert-service.list-audit", concurrency: 8);
