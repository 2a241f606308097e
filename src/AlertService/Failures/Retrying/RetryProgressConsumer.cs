using MassTransit;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Failures.Retrying;

/// <summary>Keeps what the gateway says of retries. Idempotent: a state only grows.</summary>
internal sealed class RetryProgressConsumer(RetryBook book, FailureDesk desk, FailureMetrics metrics) :
    IConsumer<MessageRetried>,
    IConsumer<MessageRetryDropped>
{
    public async Task Consume(ConsumeContext<MessageRetried> context) => metrics.CountRetries(
        "sent",
        await book.AdvanceAsync(context.Message.RetryId, RetryState.Sent, reason: null, context.CancellationToken));

    public Task Consume(ConsumeContext<MessageRetryDropped> context) =>
        desk.EndRetryAsync(context.Message, context.CancellationToken);
}

internal sealed class RetryProgressConsumerDefinition()
    : ServiceConsumerDefinition<RetryProgressConsumer>("alert-service.retry-progress", concurrency: 4);
