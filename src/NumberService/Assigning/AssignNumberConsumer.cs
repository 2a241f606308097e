using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Assigning;

/// <summary>Gives a standby number to a sitter. Idempotent: who has it already keeps it.</summary>
internal sealed partial class AssignNumberConsumer(NumberAssignment assignment, ILogger<AssignNumberConsumer> logger)
    : IConsumer<AssignNumber>
{
    public async Task Consume(ConsumeContext<AssignNumber> context)
    {
        var outcome = await assignment.AssignAsync(context.Message, context.CancellationToken);
        LogAssigned(context.Message.NumberId, context.Message.SitterId, outcome.Word);
        await outcome.AnswerAsync(context);
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "Number {NumberId} for sitter {SitterId}: {Outcome}")]
    private partial void LogAssigned(NumberId numberId, SitterId sitterId, string outcome);
}

internal sealed class AssignNumberConsumerDefinition()
    : ServiceConsumerDefinition<AssignNumberConsumer>("number-service.assign-number", concurrency: 4);
