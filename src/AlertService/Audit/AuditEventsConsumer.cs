using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Keeps every event, whoever publishes it. Idempotent: the message's id is the line's key.</summary>
internal sealed class AuditEventsConsumer(AuditLog log, TimeProvider clock) : IConsumer<Batch<IAuditedEvent>>
{
    private const int LongestReason = 200;
    private const int LongestDetails = 500;

    public Task Consume(ConsumeContext<Batch<IAuditedEvent>> context)
    {
        var now = clock.GetUtcNow();
        return log.AppendAsync([.. context.Message.Select(item => Record(item, now))], context.CancellationToken);
    }

    private static AuditRecord Record(ConsumeContext<IAuditedEvent> context, DateTimeOffset now)
    {
        var happened = context.Message;
        var name = NameOf(context);
        var kind = AuditClass.Of(name, happened.Category);
        return new AuditRecord
        {
            Id = context.MessageId ?? throw new UnrecoverableMessageException("An event has no message id"),
            OrganisationId = happened.OrganisationId,
            Event = name,
            Category = kind.Category,
            Severity = kind.Severity,
            Reason = PlainWords.Of(happened.Reason, LongestReason),
            SitterId = happened.SitterId,
            ClientId = happened.ClientId,
            NumberId = happened.NumberId,
            SessionId = happened.SessionId,
            MessageId = happened.MessageId,
            ApiKeyId = happened.ApiKeyId,
            Details = PlainWords.Of(happened.Details, LongestDetails),
            OccurredAt = happened.OccurredAt,
            RecordedAt = now,
        };
    }

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
