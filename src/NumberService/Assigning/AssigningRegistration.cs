using MassTransit;

namespace PhoneMasking.NumberService.Assigning;

internal static class AssigningRegistration
{
    public static void AddAssigning(this WebApplicationBuilder builder) => builder.Services.AddScoped<NumberAssignment>();

    public static void AddAssigningConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<AssignNumberConsumer, AssignNumberConsumerDefinition>();
        bus.AddConsumer<ReleaseNumberConsumer, ReleaseNumberConsumerDefinition>();
    }
}
