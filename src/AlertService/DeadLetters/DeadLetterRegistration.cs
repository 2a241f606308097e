using MassTransit;

namespace PhoneMasking.AlertService.DeadLetters;

internal static class DeadLetterRegistration
{
    public static void AddDeadLetters(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<DeadLetterMetrics>();

    public static void AddDeadLetterConsumer(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<DeadLetterConsumer, DeadLetterConsumerDefinition>();
}
