using MassTransit;

namespace PhoneMasking.AlertService.Clients;

internal static class ClientRegistration
{
    public static void AddClientConsumer(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<ClientChangedConsumer, ClientChangedConsumerDefinition>();
}
