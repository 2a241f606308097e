using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Failures.Classifying;
using PhoneMasking.AlertService.Failures.Reading;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Failures.Retrying;
using PhoneMasking.AlertService.Failures.Systemic;
using PhoneMasking.AlertService.Failures.Telling;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Persistence.Retention;

namespace PhoneMasking.AlertService.Failures;

internal static class FailureRegistration
{
    /// <summary>Adds what follows from texts that fail. The service does not start when section <c>Failures</c> is wrong.</summary>
    public static void AddFailures(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddFailureDesks();
        services.AddHostedService<RetryWorker>();
        services.AddRowCleaner(provider =>
        {
            var options = provider.GetRequiredService<IOptions<FailureOptions>>().Value;
            return (options.CleaningInterval, Expiring(options));
        });
    }

    /// <summary>Adds the parts that decide and record, without the workers that look by themselves.</summary>
    public static void AddFailureDesks(this IServiceCollection services)
    {
        services.AddValidatedOptions<FailureOptions, FailureRangesValidator>(FailureOptions.Section);
        services.AddSingleton<IValidateOptions<FailureOptions>, FailureOptionsValidator>();
        services.AddSingleton<FailureClassifier>();
        services.AddSingleton<FailureMetrics>();
        services.AddSingleton<ArrivalBook>();
        services.AddSingleton<RetryDesk>();
        services.AddScoped<RetryBook>();
        services.AddScoped<SitterAlerts>();
        services.AddScoped<SitterAlertBook>();
        services.AddScoped<FailureAlerts>();
        services.AddScoped<SystemicWatch>();
        services.AddScoped<FailureDesk>();
        services.AddScoped<FailureViews>();
    }

    /// <summary>What is deleted in time.</summary>
    public static ExpiringRows[] Expiring(FailureOptions options) =>
    [
        new("failures", "alerts.failures", "occurred_at < $1", options.Retention),
        new("retries", "alerts.retries", "due_at < $1 AND state <> 'Waiting'", options.Retention),
        new("arrivals", "alerts.arrivals", "recorded_at < $1", options.ArrivalRetention),
    ];

    public static void AddFailureConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<MessageFailedConsumer, MessageFailedConsumerDefinition>();
        bus.AddConsumer<FailureResolvedConsumer, FailureResolvedConsumerDefinition>();
        bus.AddConsumer<SendingBlockedConsumer, SendingBlockedConsumerDefinition>();
        bus.AddConsumer<RetryProgressConsumer, RetryProgressConsumerDefinition>();
        bus.AddConsumer<SitterAlertProgressConsumer, SitterAlertProgressConsumerDefinition>();
        bus.AddConsumer<ListFailuresConsumer, ListFailuresConsumerDefinition>();
    }
}
