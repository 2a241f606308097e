using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>Keeps the gateway's copy of a sitter. Idempotent by version.</summary>
internal sealed class SitterChangedConsumer(DirectoryWriter directory) : IConsumer<SitterChanged>
{
    public Task Consume(ConsumeContext<SitterChanged> context) =>
        directory.SaveAsync(context.Message, context.CancellationToken);
}

internal sealed class SitterChangedConsumerDefinition()
    : ServiceConsumerDefinition<SitterChangedConsumer>("proxy-gateway.sitter-changed", concurrency: 8);
