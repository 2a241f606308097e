using MassTransit;

namespace PhoneMasking.SyncService.Clients;

internal static class ClientRegistration
{
    public static void AddClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ClientBook>();
        builder.Services.AddScoped<ClientDesk>();
    }

    public static void AddClientConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<AddClientConsumer, AddClientConsumerDefinition>();
        bus.AddConsumer<ChangeClientConsumer, ChangeClientConsumerDefinition>();
        bus.AddConsumer<ListClientsConsumer, ListClientsConsumerDefinition>();
        bus.AddConsumer<ReadClientConsumer, ReadClientConsumerDefinition>();
        bus.AddConsumer<UnknownSenderSeenConsumer, UnknownSenderSeenConsumerDefinition>();
    }
}
