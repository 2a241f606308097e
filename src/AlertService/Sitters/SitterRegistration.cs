using MassTransit;

namespace PhoneMasking.AlertService.Sitters;

internal static class SitterRegistration
{
    public static void AddSitterConsumer(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<SitterChangedConsumer, SitterChangedConsumerDefinition>();
}
