using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>Gives a provisional client's sessions to the real one. Idempotent: the second time there are none.</summary>
internal sealed class ClientMergedConsumer(DirectoryWriter directory) : IConsumer<ClientMerged>
{
    public Task Consume(ConsumeContext<ClientMerged> context) =>
        directory.MergeAsync(context.Message, context.CancellationToken);
}

internal sealed class ClientMergedConsumerDefinition()
    : ServiceConsumerDefinition<ClientMergedConsumer>("proxy-gateway.client-merged", concurrency: 8);
