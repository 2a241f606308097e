using MassTransit;
using PhoneMasking.ProxyGateway.Notices;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.ProxyGateway.Routing;

internal static class RoutingRegistration
{
    /// <summary>Adds the decision where a text goes.</summary>
    public static void AddRouting(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<NoticeOptions, NoticeOptionsValidator>(NoticeOptions.Section);
        builder.Services.AddValidatedOptions<RoutingOptions, RoutingOptionsValidator>(RoutingOptions.Section);
        builder.Services.AddSingleton<ConversationRouter>();
        builder.Services.AddSingleton<PromptRouting>();
        builder.Services.AddHostedService<ForgottenTexts>();
    }

    public static void AddRoutingConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<RouteConversationsConsumer, RouteConversationsConsumerDefinition>();
}
