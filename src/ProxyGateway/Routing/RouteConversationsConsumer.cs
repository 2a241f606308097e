using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Routes conversations when told to. Idempotent: a routed text does not wait any more.</summary>
internal sealed class RouteConversationsConsumer(ConversationRouter router) : IConsumer<RouteConversations>
{
    public Task Consume(ConsumeContext<RouteConversations> context) =>
        router.RouteAsync([.. context.Message.Conversations], context.CancellationToken);
}

internal sealed class RouteConversationsConsumerDefinition()
    : ServiceConsumerDefinition<RouteConversationsConsumer>("proxy-gateway.route-conversations", concurrency: 64);
