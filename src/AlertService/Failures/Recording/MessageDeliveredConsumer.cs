using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>Keeps arrivals, many at once. Idempotent: the text's id is the arrival's key.</summary>
internal sealed class MessageDeliveredConsumer(ArrivalBook arrivals) : IConsumer<Batch<MessageDelivered>>
{
    public Task Consume(ConsumeContext<Batch<MessageDelivered>> context) =>
        arrivals.KeepAsync(context.Message.Select(item => item.Message), context.CancellationToken);
}

internal sealed class MessageDeliveredConsumerDefinition : ServiceConsumerDefinition<MessageDeliveredConsumer>
{
    private const int BatchSize = 200;
    private const int Batches = 2;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(100);

    public MessageDeliveredConsumerDefinition()
        : base("alert-service.message-delivered", concurrency: 1) =>

        // The batches are what is limited here: a limit on messages would keep a batch from ever being full.
        ConcurrentMessageLimit = null;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<MessageDeliveredConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        base.ConfigureConsumer(endpointConfigurator, consumerConfigurator, context);
        endpointConfigurator.PrefetchCount = BatchSize * Batches * 2;
        endpointConfigurator.ConcurrentMessageLimit = BatchSize * Batches;
        consumerConfigurator.Options<BatchOptions>(batch => batch
            .SetMessageLimit(BatchSize)
            .SetTimeLimit(BatchTime)
            .SetConcurrencyLimit(Batches));
    }
}
