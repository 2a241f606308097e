using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.SyncService.Clients;

/// <summary>Changes a client. Idempotent: a change that is there already publishes nothing.</summary>
internal sealed partial class ChangeClientConsumer(ClientDesk desk, ILogger<ChangeClientConsumer> logger)
    : IConsumer<ChangeClient>
{
    public async Task Consume(ConsumeContext<ChangeClient> context)
    {
        var outcome = await desk.ChangeAsync(context.Message, context.CancellationToken);
        LogChanged(context.Message.ClientId, outcome is ClientOutcome.No no ? no.Refused.Problem : "done");
        await outcome.AnswerAsync(context);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Change of client {ClientId}: {Outcome}")]
    private partial void LogChanged(ClientId clientId, string outcome);
}

internal sealed class ChangeClientConsumerDefinition()
    : ServiceConsumerDefinition<ChangeClientConsumer>("sync-service.change-client", concurrency: 4);
