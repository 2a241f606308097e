using MassTransit;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Utilization;

internal static class UtilizationRegistration
{
    public static void AddUtilization(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<UtilizationOptions, UtilizationOptionsValidator>(UtilizationOptions.Section);
        builder.Services.AddScoped<UtilizationLog>();
        builder.Services.AddHostedService<UtilizationSampler>();
    }

    public static void AddUtilizationConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ReadUtilizationConsumer, ReadUtilizationConsumerDefinition>();
        bus.AddConsumer<ListUtilizationConsumer, ListUtilizationConsumerDefinition>();
    }
}
