using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Changes a sitter. Idempotent: what is so already stays.</summary>
internal sealed partial class ChangeSitterConsumer(SitterDesk desk, ILogger<ChangeSitterConsumer> logger)
    : IConsumer<ChangeSitter>
{
    public async Task Consume(ConsumeContext<ChangeSitter> context)
    {
        var outcome = await desk.ChangeAsync(context.Message, context.CancellationToken);
        LogChanged(context.Message.SitterId, outcome is SitterOutcome.No no ? no.Refused.Problem : "changed");
        await outcome.AnswerAsync(context);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Change of sitter {SitterId}: {Outcome}")]
    private partial void LogChanged(SitterId sitterId, string outcome);
}

internal sealed class ChangeSitterConsumerDefinition()
    : ServiceConsumerDefinition<ChangeSitterConsumer>("number-service.change-sitter", concurrency: 4);
