using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>
/// Takes dead letters from the broker into the database, as they are: a consumer of MassTransit's could not take those that
/// cannot be read. Each is acknowledged once it is kept.
/// </summary>
internal sealed partial class DeadLetterCollector(
    BrokerConnections broker,
    DeadLetterBox box,
    TimeProvider clock,
    ILogger<DeadLetterCollector> logger) : BackgroundService
{
    private const string Name = "dead letters";
    private const ushort Prefetch = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CollectAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must outlive whatever happens to the broker.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogPaused(failure.GetType().Name);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task CollectAsync(CancellationToken stoppingToken)
    {
        await using var connection = await broker.OpenAsync(Name, stoppingToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        await DeclareAsync(channel, stoppingToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, stoppingToken);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        channel.CallbackExceptionAsync += (_, failed) =>
        {
            // It stays with the broker, and comes again with the next connection.
            LogNotKept(failed.Exception.GetType().Name);
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        consumer.ReceivedAsync += (_, delivery) => KeepAsync(channel, delivery, stoppingToken);
        await channel.BasicConsumeAsync(BusRegistration.DeadLetters, autoAck: false, consumer, stoppingToken);
        await closed.Task.WaitAsync(stoppingToken);
    }

    // Just as every queue of the bus declares its end.
    private static async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(
            BusRegistration.DeadLetters, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            BusRegistration.DeadLetters,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellationToken);
        await channel.QueueBindAsync(
            BusRegistration.DeadLetters, BusRegistration.DeadLetters, string.Empty, cancellationToken: cancellationToken);
    }

    // While the database is away they wait in the broker, and this one here: given back, each try would count against it.
    private async Task KeepAsync(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken stoppingToken)
    {
        var death = Death.Of(delivery.BasicProperties, delivery.Body.Span);
        while (channel.IsOpen && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!death.IsUnansweredRequest)
                {
                    await box.KeepAsync(death, stoppingToken);
                }

                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, stoppingToken);
                return;
            }
            catch (Exception failure) when (DatabaseFault.IsTransient(failure))
            {
                LogWaiting(death.Type, death.MessageId, failure.GetType().Name);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Dead letters wait in the broker, will be collected later: {Failure}")]
    private partial void LogPaused(string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Dead letter {Type} {MessageId} waits for the database: {Failure}")]
    private partial void LogWaiting(string type, Guid messageId, string failure);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "A dead letter could not be kept, it stays in the broker: {Failure}")]
    private partial void LogNotKept(string failure);
}
