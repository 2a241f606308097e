using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>Hands failures to the desk. Idempotent: the text's id is the failure's key.</summary>
internal sealed class MessageFailedConsumer(FailureDesk desk) : IConsumer<MessageFailed>
{
    public Task Consume(ConsumeContext<MessageFailed> context) =>
        desk.RecordAsync(context.Message, context.CancellationToken);
}

internal sealed class MessageFailedConsumerDefinition()
    : ServiceConsumerDefinition<MessageFailedConsumer>("alert-service.message-failed", concurrency: 8);
