using MassTransit;

namespace PhoneMasking.ProxyGateway.Retries;

internal static class RetryRegistration
{
    /// <summary>Adds the second sending of texts that failed.</summary>
    public static void AddRetries(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<RetryDesk>();

    public static void AddRetryConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<RetryMessagesConsumer, RetryMessagesConsumerDefinition>();
}
