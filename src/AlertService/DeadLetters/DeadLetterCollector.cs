using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>
/// Takes dead letters from the broker into the database, as they are: a consumer of MassTransit's could not take those that
/// cannot be read. Each is acknowledged once it is kept, or put aside when it cannot be.
/// </summary>
internal sealed partial class DeadLetterCollector(
    BrokerConnections broker,
    DeadLetterBox box,
    DeadLetterMetrics metrics,
    IOptions<DeadLetterOptions> options,
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
        await using var parked = await ParkedLetters.OpenAsync(connection, stoppingToken);
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
            LogNotSettled(failed.Exception.GetType().Name);
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        consumer.ReceivedAsync += (_, delivery) => TakeAsync(channel, parked, delivery, stoppingToken);
        await channel.BasicConsumeAsync(BusRegistration.DeadLetters, autoAck: false, consumer, stoppingToken);
        await ReturnParkedAsync(connection, closed.Task, stoppingToken);
    }

    private async Task ReturnParkedAsync(IConnection connection, Task closed, CancellationToken stoppingToken)
    {
        await using var channel = await ParkedLetters.OpenAsync(connection, stoppingToken);
        while (true)
        {
            await channel.PutBackAsync(BusRegistration.DeadLetters, stoppingToken);
            try
            {
                await closed.WaitAsync(options.Value.ParkedInterval, clock, stoppingToken);
                return;
            }
            catch (TimeoutException)
            {
                // Time for the next try.
            }
        }
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

    private async Task TakeAsync(
        IChannel channel, IChannel parked, BasicDeliverEventArgs delivery, CancellationToken stoppingToken)
    {
        try
        {
            await KeepAsync(channel, Death.Of(delivery.BasicProperties, delivery.Body.Span), stoppingToken);
        }
        catch (Exception failure) when (channel.IsOpen && !stoppingToken.IsCancellationRequested)
        {
            LogParked(failure.GetType().Name);
            metrics.Count(ParkedLetters.Queue, "parked");
            await parked.ParkAsync(delivery, stoppingToken);
        }

        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, stoppingToken);
    }

    // While the database is away they wait in the broker, and this one here: given back, each try would count against it.
    private async Task KeepAsync(IChannel channel, Death death, CancellationToken stoppingToken)
    {
        while (!death.IsUnansweredRequest)
        {
            try
            {
                await box.KeepAsync(death, stoppingToken);
                return;
            }
            catch (Exception failure) when (channel.IsOpen && DatabaseFault.IsTransient(failure))
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

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "A dead letter could not be settled, it stays in the broker: {Failure}")]
    private partial void LogNotSettled(string failure);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "A dead letter cannot be kept, it is put aside in the broker: {Failure}")]
    private partial void LogParked(string failure);
}
