using MassTransit;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Audit;

/// <summary>A queue whose messages are written to the audit log many with one statement.</summary>
/// <typeparam name="TConsumer">Takes batches.</typeparam>
internal abstract class AuditBatchDefinition<TConsumer> : ServiceConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(100);

    private readonly int _batchSize;
    private readonly int _batches;

    /// <summary>Names the queue.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="batchSize">The most messages in a batch; fewer when no more come within 100 ms.</param>
    /// <param name="batches">The most batches at a time.</param>
    protected AuditBatchDefinition(string queue, int batchSize, int batches)
        : base(queue, concurrency: 1)
    {
        (_batchSize, _batches) = (batchSize, batches);

        // The batches are what is limited here: a limit on messages would keep a batch from ever being full.
        ConcurrentMessageLimit = null;
    }

    /// <inheritdoc/>
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        base.ConfigureConsumer(endpointConfigurator, consumerConfigurator, context);
        endpointConfigurator.PrefetchCount = _batchSize * _batches * 2;
        endpointConfigurator.ConcurrentMessageLimit = _batchSize * _batches;
        consumerConfigurator.Options<BatchOptions>(batch => batch
            .SetMessageLimit(_batchSize)
            .SetTimeLimit(BatchTime)
            .SetConcurrencyLimit(_batches));
    }
}
