using MassTransit;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// What every consumer decides: its queue, its concurrency, and how often a failure is retried. Faults of the database are
/// retried every two seconds for an hour, so that nothing has to be moved back by hand when it returns; any other fault three
/// times, then the message goes to the dead letters.
/// </summary>
/// <typeparam name="TConsumer">The consumer.</typeparam>
public abstract class ServiceConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private static readonly TimeSpan[] Intervals =
        [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(800)];

    // The first ones soon: most faults are a deadlock or a connection that a restart left behind.
    private static readonly TimeSpan[] DatabaseIntervals =
    [
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(300),
        TimeSpan.FromSeconds(1),
        .. Enumerable.Repeat(TimeSpan.FromSeconds(2), 1_800),
    ];

    /// <summary>Names the queue and the concurrency.</summary>
    /// <param name="queue"><c>service.kebab-message</c>, for example <c>sync-service.add-client</c>.</param>
    /// <param name="concurrency">Messages handled at the same time by one instance, 1 to 100.</param>
    protected ServiceConsumerDefinition(string queue, int concurrency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(concurrency, 100);
        EndpointName = queue;
        ConcurrentMessageLimit = concurrency;
    }

    /// <inheritdoc />
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(endpointConfigurator);
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(DatabaseFault.IsTransient);
            retry.Intervals(DatabaseIntervals);
        });
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(DatabaseFault.IsTransient);
            retry.Ignore<UnrecoverableMessageException>();
            retry.Intervals(Intervals);
        });
    }
}

/// <summary>A message that no retry can help: it goes straight to the dead letters.</summary>
/// <param name="reason">Why, with ids but without numbers, names and bodies: it is logged and stored.</param>
public sealed class UnrecoverableMessageException(string reason) : Exception(reason);
