using MassTransit;
using Npgsql;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// What every consumer decides: its queue, its concurrency, and how often a failure is retried. Faults of the database are
/// retried for minutes, so that a restart of it loses nothing; any other fault three times, then the message goes to the
/// queue's <c>_error</c> queue.
/// </summary>
/// <typeparam name="TConsumer">The consumer.</typeparam>
public abstract class ServiceConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private const int Tries = 3;
    private const int DatabaseTries = 20;

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
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Handle<NpgsqlException>(failure => failure.IsTransient);
            retry.Exponential(
                DatabaseTries, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));
        });
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Ignore<NpgsqlException>(failure => failure.IsTransient);
            retry.Ignore<UnrecoverableMessageException>();
            retry.Intervals([.. Enumerable.Range(1, Tries).Select(attempt => TimeSpan.FromMilliseconds(200 * attempt))]);
        });
    }
}

/// <summary>A message that no retry can help: it goes straight to the <c>_error</c> queue.</summary>
/// <param name="reason">Why, with ids but without numbers, names and bodies: it is logged and stored.</param>
public sealed class UnrecoverableMessageException(string reason) : Exception(reason);
