using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.DeadLetters.Settling;

/// <summary>Puts a dead letter back into its queue. Idempotent: one that was sent again is not sent once more.</summary>
internal sealed class SendDeadLetterAgainConsumer(DeadLetterDesk desk) : IConsumer<SendDeadLetterAgain>
{
    public async Task Consume(ConsumeContext<SendDeadLetterAgain> context) =>
        await context.RespondAsync(await desk.SendAgainAsync(context.Message, context.CancellationToken));
}

internal sealed class SendDeadLetterAgainConsumerDefinition()
    : ServiceConsumerDefinition<SendDeadLetterAgainConsumer>("alert-service.send-dead-letter-again", concurrency: 4);
