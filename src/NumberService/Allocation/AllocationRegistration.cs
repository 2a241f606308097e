using MassTransit;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Allocation;

internal static class AllocationRegistration
{
    public static void AddAllocation(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PoolOptions, PoolOptionsValidator>(PoolOptions.Section);
        builder.Services.AddScoped<NumberAllocator>();
        builder.Services.AddScoped<PoolCount>();
        builder.Services.AddSingleton<PoolGauge>();
    }

    public static void AddAllocationConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<AllocateNumberConsumer, AllocateNumberConsumerDefinition>();
        bus.AddConsumer<ReadPoolConsumer, ReadPoolConsumerDefinition>();
    }
}
