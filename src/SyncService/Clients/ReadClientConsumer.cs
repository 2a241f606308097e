using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.SyncService.Clients;

/// <summary>
/// Answers with one client; for a provisional one that ended, with the client it turned out to be. Changes nothing.
/// </summary>
internal sealed class ReadClientConsumer(ClientBook book) : IConsumer<ReadClient>
{
    public async Task Consume(ConsumeContext<ReadClient> context)
    {
        var request = context.Message;
        var client = await book.FindAsync(request.OrganisationId, request.ClientId, context.CancellationToken);
        ClientOutcome outcome = client is null
            ? new ClientOutcome.No(Refusals.UnknownClient())
            : new ClientOutcome.Done(client.ToView());
        await outcome.AnswerAsync(context);
    }
}

internal sealed class ReadClientConsumerDefinition()
    : ServiceConsumerDefinition<ReadClientConsumer>("sync-service.read-client", concurrency: 8);
