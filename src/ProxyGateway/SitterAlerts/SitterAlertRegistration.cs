using MassTransit;

namespace PhoneMasking.ProxyGateway.SitterAlerts;

internal static class SitterAlertRegistration
{
    /// <summary>Adds the texts that tell a sitter of a text that did not arrive.</summary>
    public static void AddSitterAlerts(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<SitterAlertDesk>();

    public static void AddSitterAlertConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<SendSitterAlertConsumer, SendSitterAlertConsumerDefinition>();
}
