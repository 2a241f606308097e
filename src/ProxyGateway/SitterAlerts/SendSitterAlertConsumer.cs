using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.SitterAlerts;

/// <summary>Tells a sitter when told to. Idempotent: the alert's id decides whether that has been decided on.</summary>
internal sealed class SendSitterAlertConsumer(SitterAlertDesk desk) : IConsumer<SendSitterAlert>
{
    public Task Consume(ConsumeContext<SendSitterAlert> context) =>
        desk.DecideAsync(context.Message, context.CancellationToken);
}

internal sealed class SendSitterAlertConsumerDefinition()
    : ServiceConsumerDefinition<SendSitterAlertConsumer>("proxy-gateway.send-sitter-alert", concurrency: 8);
