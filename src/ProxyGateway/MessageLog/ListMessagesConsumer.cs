using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.MessageLog;

/// <summary>Answers with a page of the message log, newest first. Reads only.</summary>
internal sealed class ListMessagesConsumer(MessageList messages) : IConsumer<ListMessages>
{
    public async Task Consume(ConsumeContext<ListMessages> context) =>
        await context.RespondAsync(await messages.ReadAsync(context.Message, context.CancellationToken));
}

internal sealed class ListMessagesConsumerDefinition()
    : ServiceConsumerDefinition<ListMessagesConsumer>("proxy-gateway.list-messages", concurrency: 8);
