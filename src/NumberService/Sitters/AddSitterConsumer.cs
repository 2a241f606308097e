using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Adds a sitter. Idempotent by the request's id.</summary>
internal sealed partial class AddSitterConsumer(SitterDesk desk, ILogger<AddSitterConsumer> logger) : IConsumer<AddSitter>
{
    public async Task Consume(ConsumeContext<AddSitter> context)
    {
        var outcome = await desk.AddAsync(context.Message, context.CancellationToken);
        switch (outcome)
        {
            case SitterOutcome.Done done:
                LogAdded(done.Sitter.Id, context.Message.RequestId);
                break;
            case SitterOutcome.No no:
                LogRefused(context.Message.RequestId, no.Refused.Problem);
                break;
        }

        await outcome.AnswerAsync(context);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Sitter {SitterId} is there by request {RequestId}")]
    private partial void LogAdded(SitterId sitterId, Guid requestId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Request {RequestId} for a sitter refused: {Problem}")]
    private partial void LogRefused(Guid requestId, string problem);
}

internal sealed class AddSitterConsumerDefinition()
    : ServiceConsumerDefinition<AddSitterConsumer>("number-service.add-sitter", concurrency: 8);
