using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Keeps every event, whoever publishes it. Idempotent: the message's id is the line's key.</summary>
internal sealed class AuditEventsConsumer(AuditLog log, TimeProvider clock) : IConsumer<Batch<IAuditedEvent>>
{
    public Task Consume(ConsumeContext<Batch<IAuditedEvent>> context)
    {
        var now = clock.GetUtcNow();
        return log.AppendAsync(
            [.. context.Message.Select(item => AuditRecord.Of(IdOf(item), NameOf(item), item.Message, now))],
            context.CancellationToken);
    }

    private static Guid IdOf(ConsumeContext context) =>
        context.MessageId ?? throw new UnrecoverableMessageException("An event has no message id");

    // The most derived type comes first, as urn:message:PhoneMasking.Contracts:SessionOpened.
    private static string NameOf(ConsumeContext context) => context.SupportedMessageTypes.First().Split(':')[^1];
}

internal sealed class AuditEventsConsumerDefinition()
    : AuditBatchDefinition<AuditEventsConsumer>("alert-service.audit", batchSize: 200, batches: 4);
