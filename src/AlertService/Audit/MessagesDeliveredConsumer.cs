using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

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

internal sealed class MessagesDeliveredConsumerDefinition : ServiceConsumerDefinition<MessagesDeliveredConsumer>
{
    // Of up to 200 texts each.
    private const int BatchSize = 20;
    private const int Batches = 2;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(100);

    public MessagesDeliveredConsumerDefinition()
        : base("alert-service.messages-delivered", concurrency: 1) =>

        // The batches are what is limited here: a limit on messages would keep a batch from ever being full.
        ConcurrentMessageLimit = null;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<MessagesDeliveredConsumer> consumerConfigurator,
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
