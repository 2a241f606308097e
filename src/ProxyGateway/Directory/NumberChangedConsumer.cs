using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>Keeps the gateway's copy of a number. Idempotent by version.</summary>
internal sealed class NumberChangedConsumer(DirectoryWriter directory) : IConsumer<NumberChanged>
{
    public Task Consume(ConsumeContext<NumberChanged> context) =>
        directory.SaveAsync(context.Message, context.CancellationToken);
}

internal sealed class NumberChangedConsumerDefinition()
    : ServiceConsumerDefinition<NumberChangedConsumer>("proxy-gateway.number-changed", concurrency: 8);
