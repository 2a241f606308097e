using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Retries;

/// <summary>Sends failed texts once more when told to. Idempotent: what has been decided on stays as it is.</summary>
internal sealed class RetryMessagesConsumer(RetryDesk desk) : IConsumer<RetryMessages>
{
    public Task Consume(ConsumeContext<RetryMessages> context) =>
        desk.DecideAsync(context.Message, context.CancellationToken);
}

internal sealed class RetryMessagesConsumerDefinition()
    : ServiceConsumerDefinition<RetryMessagesConsumer>("proxy-gateway.retry-messages", concurrency: 8);
