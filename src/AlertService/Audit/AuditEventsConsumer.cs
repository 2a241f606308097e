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

internal sealed class AuditEventsConsumerDefinition : ServiceConsumerDefinition<AuditEventsConsumer>
{
    private const int BatchSize = 200;
    private const int Batches = 4;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(100);

    public AuditEventsConsumerDefinition()
        : base("alert-service.audit", concurrency: 1) =>

        // The batches are what is limited here: a limit on messages would keep a batch from ever being full.
        ConcurrentMessageLimit = null;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<AuditEventsConsumer> consumerConfigurator,
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
