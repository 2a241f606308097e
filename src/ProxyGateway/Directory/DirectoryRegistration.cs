using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Directory;

internal static class DirectoryRegistration
{
    /// <summary>Adds the gateway's own copy of numbers, sitters and clients.</summary>
    public static void AddDirectory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DirectoryWriter>();
        builder.Services.AddSingleton<FirstLoad>();
        builder.Services.AddHostedService<DirectoryLoad>();
        builder.Services.AddHealthChecks().AddCheck<DirectoryHealthCheck>("directory");
    }

    public static void AddDirectoryConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<NumberChangedConsumer, NumberChangedConsumerDefinition>();
        bus.AddConsumer<SitterChangedConsumer, SitterChangedConsumerDefinition>();
        bus.AddConsumer<ClientChangedConsumer, ClientChangedConsumerDefinition>();
        bus.AddConsumer<ClientMergedConsumer, ClientMergedConsumerDefinition>();
        bus.AddRequestClient<ListNumbers>();
        bus.AddRequestClient<ListSitters>();
        bus.AddRequestClient<ListClients>();
    }
}
