using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Assigning;

/// <summary>Takes a number from its sitter or client. Idempotent: what nobody has stays so.</summary>
internal sealed partial class ReleaseNumberConsumer(NumberAssignment assignment, ILogger<ReleaseNumberConsumer> logger)
    : IConsumer<ReleaseNumber>
{
    public async Task Consume(ConsumeContext<ReleaseNumber> context)
    {
        var outcome = await assignment.ReleaseAsync(context.Message, context.CancellationToken);
        LogReleased(context.Message.NumberId, outcome.Word);
        await outcome.AnswerAsync(context);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Release of number {NumberId}: {Outcome}")]
    private partial void LogReleased(NumberId numberId, string outcome);
}

internal sealed class ReleaseNumberConsumerDefinition()
    : ServiceConsumerDefinition<ReleaseNumberConsumer>("number-service.release-number", concurrency: 4);
