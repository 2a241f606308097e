using MassTransit;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>Sends what fails at every try to the dead letters of all services, instead of to a queue of each queue's own.</summary>
internal sealed class DeadLetterQueueName : IErrorQueueNameFormatter
{
    public static readonly DeadLetterQueueName Formatter = new();

    private const string OwnSuffix = "_error";

    /// <summary>The arguments that a consumer's queue has and the queue of dead letters does not.</summary>
    private static readonly string[] NotOfDeadLetters = ["x-delivery-limit", "x-dead-letter-exchange", "x-dead-letter-routing-key"];

    private DeadLetterQueueName()
    {
    }

    // What a queue could not process that ends with its process cannot be sent again.
    public string FormatErrorQueueName(string queueName) =>
        queueName.StartsWith(BusRegistration.TemporaryQueuePrefix, StringComparison.Ordinal)
            ? queueName + OwnSuffix
            : BusRegistration.DeadLetters;

    /// <summary>Takes away what MassTransit copies from the queue that failed: the queue is there already, without it.</summary>
    public static void DeclareAlike(IRabbitMqQueueBindingConfigurator queue)
    {
        foreach (var argument in NotOfDeadLetters)
        {
            queue.SetQueueArgument(argument, null);
        }
    }
}
