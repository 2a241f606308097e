using MassTransit;

namespace PhoneMasking.NumberService.Sitters;

internal static class SitterRegistration
{
    public static void AddSitters(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SitterDesk>();
        builder.Services.AddScoped<ReservedNumbers>();
    }

    public static void AddSitterConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<AddSitterConsumer, AddSitterConsumerDefinition>();
        bus.AddConsumer<ChangeSitterConsumer, ChangeSitterConsumerDefinition>();
        bus.AddConsumer<RemoveSitterConsumer, RemoveSitterConsumerDefinition>();
        bus.AddConsumer<ListSittersConsumer, ListSittersConsumerDefinition>();
        bus.AddConsumer<ReadSitterConsumer, ReadSitterConsumerDefinition>();
    }
}
