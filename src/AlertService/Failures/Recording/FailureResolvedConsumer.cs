using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>Takes failures back whose texts arrived after all. Idempotent: the text's id is the arrival's key.</summary>
internal sealed class FailureResolvedConsumer(ArrivalBook arrivals) : IConsumer<FailureResolved>
{
    public Task Consume(ConsumeContext<FailureResolved> context) =>
        arrivals.KeepAsync(context.Message, context.CancellationToken);
}

internal sealed class FailureResolvedConsumerDefinition()
    : ServiceConsumerDefinition<FailureResolvedConsumer>("alert-service.failure-resolved", concurrency: 4);
