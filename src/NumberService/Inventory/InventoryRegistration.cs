using MassTransit;
using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Inventory;

internal static class InventoryRegistration
{
    public static void AddInventory(this WebApplicationBuilder builder)
    {
        var list = builder.Configuration[PoolNumbersOptions.Setting];
        builder.Services.AddSingleton<IValidateOptions<PoolNumbersOptions>, PoolNumbersOptionsValidator>();
        builder.Services.AddOptions<PoolNumbersOptions>().Configure(options => options.List = list).ValidateOnStart();
        builder.Services.AddHostedService<ConfiguredPool>();
        builder.Services.AddScoped<NumberImport>();
        builder.Services.AddScoped<NumberDesk>();
    }

    public static void AddInventoryConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ImportNumbersConsumer, ImportNumbersConsumerDefinition>();
        bus.AddConsumer<ListNumbersConsumer, ListNumbersConsumerDefinition>();
        bus.AddConsumer<ReadNumberConsumer, ReadNumberConsumerDefinition>();
        bus.AddConsumer<RetireNumberConsumer, RetireNumberConsumerDefinition>();
    }
}
