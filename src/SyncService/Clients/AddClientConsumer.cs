using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.SyncService.Clients;

/// <summary>Adds a client. Idempotent by the request's id.</summary>
internal sealed partial class AddClientConsumer(ClientDesk desk, ILogger<AddClientConsumer> logger) : IConsumer<AddClient>
{
    public async Task Consume(ConsumeContext<AddClient> context)
    {
        var outcome = await desk.AddAsync(context.Message, context.CancellationToken);
        switch (outcome)
        {
            case ClientOutcome.Done done:
                LogAdded(done.Client.Id, context.Message.RequestId);
                break;
            case ClientOutcome.No no:
                LogRefused(context.Message.RequestId, no.Refused.Problem);
                break;
        }

        await outcome.AnswerAsync(context);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Client {ClientId} is there by request {RequestId}")]
    private partial void LogAdded(ClientId clientId, Guid requestId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Request {RequestId} for a client refused: {Problem}")]
    private partial void LogRefused(Guid requestId, string problem);
}

internal sealed class AddClientConsumerDefinition()
    : ServiceConsumerDefinition<AddClientConsumer>("sync-service.add-client", concurrency: 4);
