using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Keeps the arrivals of texts, which come many in a message, as lines of their own. Idempotent by their events' ids.</summary>
internal sealed class MessagesDeliveredConsumer(AuditLog log, TimeProvider clock) : IConsumer<Batch<MessagesDelivered>>
{
    public Task Consume(ConsumeContext<Batch<MessagesDelivered>> context)
    {
        var now = clock.GetUtcNow();
        return log.AppendAsync(
            [.. context.Message
                .SelectMany(item => item.Message.Texts)
                .Select(text => AuditRecord.Of(text.EventId, nameof(MessageDelivered), text, now))],
            context.CancellationToken);
    }
}

// Each message is of up to 200 texts.
internal sealed class MessagesDeliveredConsumerDefinition()
    : AuditBatchDefinition<MessagesDeliveredConsumer>("alert-service.messages-delivered", batchSize: 20, batches: 2);
