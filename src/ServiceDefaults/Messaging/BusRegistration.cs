using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Messaging.Inbox;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.ServiceDefaults.Persistence.Retention;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>The bus of a service: MassTransit over RabbitMQ, quorum queues, dead letters kept.</summary>
public static class BusRegistration
{
    /// <summary>The name of the connection string that every service shares.</summary>
    public const string ConnectionName = "rabbitmq";

    /// <summary>
    /// The queue of messages that nobody could process, of all services: RabbitMQ puts those there that were delivered too
    /// often, for example because they end the process, and MassTransit those that failed at every try or have no consumer.
    /// </summary>
    public const string DeadLetters = "dead-letters";

    /// <summary>The start of the names of queues that live only as long as their process, such as the console's.</summary>
    public const string TemporaryQueuePrefix = "live-";

    // RabbitMQ 4 has a limit of 20 of its own; older ones have none. Crashes count, a consumer's exception does not.
    private const int DeliveryLimit = 10;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    // Both within the host's 30 s: consumers at work may end, then what waits for a retry goes back to its queue.
    private static readonly TimeSpan ConsumerStopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds the bus and, where the service has a database, the relay that publishes its outbox and
    /// the retention of its inbox.</summary>
    /// <param name="builder">The service being composed; its database must have been added before.</param>
    /// <param name="configure">Adds the service's consumers and request clients.</param>
    /// <exception cref="WrongSettingException">The connection string is missing, or is no AMQP URI.</exception>
    public static void AddServiceBus(
        this WebApplicationBuilder builder,
        Action<IBusRegistrationConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var address = builder.Configuration.RequireBrokerAddress(ConnectionName);

        // Before MassTransit, which waits for it.
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<BrokerWatch>(services, address));
        builder.Services.AddHostedService(services => services.GetRequiredService<BrokerWatch>());
        builder.Services.AddSingleton(
            services => new BrokerConnections(address, services.GetRequiredService<BrokerWatch>()));
        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            host.ConsumerStopTimeout = ConsumerStopTimeout;
            host.StopTimeout = StopTimeout;
        });
        builder.Services.AddSingleton<SuspectTurns>();
        builder.Services.AddReceiveObserver(services => services.GetRequiredService<SuspectTurns>());
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetDefaultRequestTimeout(RequestTimeout);
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "broker";

                // Texts are stored and wait while the broker is away: that is degraded, not down.
                health.MinimalFailureStatus = HealthStatus.Degraded;
            });
            configure(bus);
            bus.AddConfigureEndpointsCallback((context, name, endpoint) => MakeDurable(context, name, endpoint));
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var broker = context.GetRequiredService<BrokerWatch>();
                var lifetime = context.GetRequiredService<IHostApplicationLifetime>();
                rabbit.Host(address, host => host.OnRefreshConnectionFactory =
                    _ => broker.WaitUntilReachableAsync(lifetime.ApplicationStopping));
                rabbit.SendTopology.ErrorQueueNameFormatter = DeadLetterQueueName.Formatter;
                rabbit.SendTopology.ConfigureErrorSettings = DeadLetterQueueName.DeclareAlike;
                rabbit.SendTopology.DeadLetterQueueNameFormatter = DeadLetterQueueName.Formatter;
                rabbit.SendTopology.ConfigureDeadLetterSettings = DeadLetterQueueName.DeclareAlike;
                rabbit.ConfigureEndpoints(context);
            });
        });

        if (builder.Services.Any(service => service.ServiceType == typeof(OutboxSignal)))
        {
            builder.Services.AddSingleton<OutboxTable>();
            builder.Services.AddHostedService<OutboxRelay>();
            builder.Services.AddValidatedOptions<InboxOptions, InboxOptionsValidator>(InboxOptions.Section);
            builder.Services.AddRowCleaner(services =>
            {
                var options = services.GetRequiredService<IOptions<InboxOptions>>().Value;
                var schema = services.GetRequiredService<ServiceSchema>().Name;
                return (options.CleaningInterval, [new("inbox rows", $"{schema}.inbox", "received_at < $1", options.Retention)]);
            });
        }
    }

    private static void MakeDurable(IServiceProvider services, string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator queue
            || name.StartsWith(TemporaryQueuePrefix, StringComparison.Ordinal))
        {
            return;
        }

        queue.SetQuorumQueue();
        queue.ConfigureReceive(pipe => pipe.UseFilter(services.GetRequiredService<SuspectTurns>()));
        queue.ConfigureDeadLetter(pipe => pipe.UseFilter(new SkippedMessages(name)));
        queue.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        queue.BindDeadLetterQueue(DeadLetters, DeadLetters, letters => letters.SetQueueArgument("x-queue-type", "quorum"));
    }
}
