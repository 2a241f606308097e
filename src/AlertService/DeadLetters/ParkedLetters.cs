using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>
/// Dead letters that cannot be kept wait in a queue of their own, so that they hold up no other. From time to time they are
/// put back to be collected: after an update they may be kept. Nothing is ever dropped; a crash in between makes two of one,
/// which is kept once.
/// </summary>
internal static class ParkedLetters
{
    /// <summary>Where they wait.</summary>
    public const string Queue = "dead-letters.parked";

    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <summary>Opens a channel to put letters aside with.</summary>
    public static async Task<IChannel> OpenAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(Confirmed, cancellationToken);
        await channel.QueueDeclareAsync(
            Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellationToken);
        return channel;
    }

    /// <summary>Puts a letter aside, as it is; returns when the broker has it safe.</summary>
    public static ValueTask ParkAsync(
        this IChannel channel, BasicDeliverEventArgs letter, CancellationToken cancellationToken) =>
        channel.BasicPublishAsync(
            string.Empty, Queue, mandatory: true, Safe(letter.BasicProperties), letter.Body, cancellationToken);

    /// <summary>Puts those that wait now into another queue, each once: those that come back meanwhile have to wait.</summary>
    public static async Task PutBackAsync(this IChannel channel, string queue, CancellationToken cancellationToken)
    {
        for (var left = await channel.MessageCountAsync(Queue, cancellationToken); left > 0; left--)
        {
            if (await channel.BasicGetAsync(Queue, autoAck: false, cancellationToken) is not { } letter)
            {
                return;
            }

            await channel.BasicPublishAsync(
                string.Empty, queue, mandatory: true, Safe(letter.BasicProperties), letter.Body, cancellationToken);
            await channel.BasicAckAsync(letter.DeliveryTag, multiple: false, cancellationToken);
        }
    }

    // It must outlive the broker, and not expire once more.
    private static BasicProperties Safe(IReadOnlyBasicProperties properties)
    {
        var safe = new BasicProperties(properties) { Persistent = true };
        safe.ClearExpiration();
        return safe;
    }
}
