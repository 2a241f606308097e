using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.DeadLetters.Reading;
using PhoneMasking.AlertService.DeadLetters.Settling;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Persistence.Retention;

namespace PhoneMasking.AlertService.DeadLetters;

internal static class DeadLetterRegistration
{
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromHours(1);

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
        builder.Services.AddRowCleaner(services =>
            (CleaningInterval, [Expiring(services.GetRequiredService<IOptions<DeadLetterOptions>>().Value)]));
    }

    /// <summary>What is deleted in time: letters that are settled.</summary>
    public static ExpiringRows Expiring(DeadLetterOptions options) =>
        new("dead letters", "alerts.dead_letters", "settled_at < $1", options.Retention);

    public static void AddDeadLetterConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ListDeadLettersConsumer, ListDeadLettersConsumerDefinition>();
        bus.AddConsumer<ReadDeadLetterConsumer, ReadDeadLetterConsumerDefinition>();
        bus.AddConsumer<SendDeadLetterAgainConsumer, SendDeadLetterAgainConsumerDefinition>();
        bus.AddConsumer<DiscardDeadLetterConsumer, DiscardDeadLetterConsumerDefinition>();
    }
}
