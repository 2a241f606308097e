using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Failures.Telling;

/// <summary>Keeps what the gateway says of alerts to sitters. Idempotent.</summary>
internal sealed class SitterAlertProgressConsumer(SitterAlertBook book, FailureMetrics metrics) :
    IConsumer<SitterAlerted>,
    IConsumer<SitterAlertDropped>
{
    public async Task Consume(ConsumeContext<SitterAlerted> context)
    {
        if (await book.SentAsync(context.Message.AlertId, context.CancellationToken))
        {
            metrics.CountAlert("sitter-sent");
        }
    }

    public async Task Consume(ConsumeContext<SitterAlertDropped> context)
    {
        if (await book.DroppedAsync(context.Message.AlertId, context.CancellationToken))
        {
            metrics.CountAlert("sitter-dropped");
        }
    }
}

internal sealed class SitterAlertProgressConsumerDefinition()
    : ServiceConsumerDefinition<SitterAlertProgressConsumer>("alert-service.sitter-alert-progress", concurrency: 4);
