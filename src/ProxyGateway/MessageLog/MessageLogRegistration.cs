using MassTransit;

namespace PhoneMasking.ProxyGateway.MessageLog;

internal static class MessageLogRegistration
{
    /// <summary>Adds the log of texts.</summary>
    public static void AddMessageLog(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<MessageList>();

    public static void AddMessageLogConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<ListMessagesConsumer, ListMessagesConsumerDefinition>();
}
