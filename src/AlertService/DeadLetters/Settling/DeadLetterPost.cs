using PhoneMasking.ServiceDefaults.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PhoneMasking.AlertService.DeadLetters.Settling;

/// <summary>Puts a message into one queue, as it was. A connection for each: it is done by hand.</summary>
internal sealed class DeadLetterPost(BrokerConnections broker)
{
    private const string Name = "dead letters sent again";

    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <summary>Sends, and returns when the broker has it safe.</summary>
    /// <returns>False when there is no such queue.</returns>
    /// <exception cref="RabbitMQClientException">The broker was lost; it may have the message.</exception>
    public async Task<bool> SendAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = letter.ContentType,
            MessageId = letter.MessageId.ToString(),
            Headers = new Dictionary<string, object?> { [Death.SentBeforeHeader] = letter.SentBefore + 1 },
        };
        await using var connection = await broker.OpenAsync(Name, cancellationToken);
        await using var channel = await connection.CreateChannelAsync(Confirmed, cancellationToken);
        try
        {
            // By the nameless exchange: into this queue and no other.
            await channel.BasicPublishAsync(
                string.Empty, letter.Queue, mandatory: true, properties, letter.Body, cancellationToken);
            return true;
        }
        catch (PublishException refused) when (refused.IsReturn)
        {
            return false;
        }
    }
}
