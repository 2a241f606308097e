using MassTransit;
using PhoneMasking.AlertService.DeadLetters.Reading;
using PhoneMasking.AlertService.DeadLetters.Settling;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.AlertService.DeadLetters;

internal static class DeadLetterRegistration
{
    /// <summary>Adds the dead letters. The service does not start when section <c>DeadLetters</c> is wrong.</summary>
    public static void AddDeadLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<DeadLetterOptions, DeadLetterOptionsValidator>(DeadLetterOptions.Section);
        builder.Services.AddSingleton<DeadLetterMetrics>();
        builder.Services.AddSingleton<DeadLetterSignal>();
        builder.Services.AddSingleton<DeadLetterBox>();
        builder.Services.AddSingleton<DeadLetterPost>();
        builder.Services.AddScoped<DeadLetterDesk>();
        builder.Services.AddHostedService<DeadLetterCollector>();
        builder.Services.AddHostedService<DeadLetterWatch>();
    }

    public static void AddDeadLetterConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ListDeadLettersConsumer, ListDeadLettersConsumerDefinition>();
        bus.AddConsumer<ReadDeadLetterConsumer, ReadDeadLetterConsumerDefinition>();
        bus.AddConsumer<SendDeadLetterAgainConsumer, SendDeadLetterAgainConsumerDefinition>();
        bus.AddConsumer<DiscardDeadLetterConsumer, DiscardDeadLetterConsumerDefinition>();
    }
}
