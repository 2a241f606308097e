using MassTransit;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// Sends what fails at every try, or has no consumer, to the dead letters of all services, instead of to queues of each
/// queue's own.
/// </summary>
internal sealed class DeadLetterQueueName : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
{
    public static readonly DeadLetterQueueName Formatter = new();

    private const string OwnError = "_error";
    private const string OwnSkipped = "_skipped";

    /// <summary>The arguments that a consumer's queue has and the queue of dead letters does not.</summary>
    private static readonly string[] NotOfDeadLetters = ["x-delivery-limit", "x-dead-letter-exchange", "x-dead-letter-routing-key"];

    private DeadLetterQueueName()
    {
    }

    public string FormatErrorQueueName(string queueName) => NameOf(queueName, OwnError);

    public string FormatDeadLetterQueueName(string queueName) => NameOf(queueName, OwnSkipped);

    /// <summary>Takes away what MassTransit copies from the queue that failed: the queue is there already, without it.</summary>
    public static void DeclareAlike(IRabbitMqQueueBindingConfigurator queue)
    {
        foreach (var argument in NotOfDeadLetters)
        {
            queue.SetQueueArgument(argument, null);
        }
    }

    // What a queue could not process that ends with its process cannot be sent again.
    private static string NameOf(string queue, string own) =>
        queue.StartsWith(BusRegistration.TemporaryQueuePrefix, StringComparison.Ordinal) ? queue + own : BusRegistration.DeadLetters;
}
