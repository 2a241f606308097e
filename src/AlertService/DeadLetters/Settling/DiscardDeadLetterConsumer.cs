using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.DeadLetters.Settling;

/// <summary>Throws a dead letter away. Idempotent: one that was discarded stays as it is.</summary>
internal sealed class DiscardDeadLetterConsumer(DeadLetterDesk desk) : IConsumer<DiscardDeadLetter>
{
    public async Task Consume(ConsumeContext<DiscardDeadLetter> context) =>
        await context.RespondAsync(await desk.DiscardAsync(context.Message, context.CancellationToken));
}

internal sealed class DiscardDeadLetterConsumerDefinition()
    : ServiceConsumerDefinition<DiscardDeadLetterConsumer>("alert-service.discard-dead-letter", concurrency: 4);
