using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Removes a sitter. Idempotent: who is removed already stays so.</summary>
internal sealed partial class RemoveSitterConsumer(SitterDesk desk, ILogger<RemoveSitterConsumer> logger)
    : IConsumer<RemoveSitter>
{
    public async Task Consume(ConsumeContext<RemoveSitter> context)
    {
        var outcome = await desk.RemoveAsync(context.Message, context.CancellationToken);
        LogRemoved(context.Message.SitterId, outcome is SitterOutcome.Done ? "removed" : "unknown");
        await outcome.AnswerAsync(context);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Removal of sitter {SitterId}: {Outcome}")]
    private partial void LogRemoved(SitterId sitterId, string outcome);
}

internal sealed class RemoveSitterConsumerDefinition()
    : ServiceConsumerDefinition<RemoveSitterConsumer>("number-service.remove-sitter", concurrency: 4);
