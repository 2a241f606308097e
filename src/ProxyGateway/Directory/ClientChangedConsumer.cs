using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>Keeps the gateway's copy of a client. Idempotent by version.</summary>
internal sealed class ClientChangedConsumer(DirectoryWriter directory) : IConsumer<ClientChanged>
{
    public Task Consume(ConsumeContext<ClientChanged> context) =>
        directory.SaveAsync(context.Message, context.CancellationToken);
}

internal sealed class ClientChangedConsumerDefinition()
    : ServiceConsumerDefinition<ClientChangedConsumer>("proxy-gateway.client-changed", concurrency: 8);
