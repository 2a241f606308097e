using MassTransit;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.ProxyGateway.Verification;

internal static class VerificationRegistration
{
    /// <summary>Adds the test texts of new numbers.</summary>
    public static void AddVerification(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<VerificationOptions, VerificationOptionsValidator>(VerificationOptions.Section);
        builder.Services.AddSingleton<VerificationTexts>();
    }

    public static void AddVerificationConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<SendVerificationTextConsumer, SendVerificationTextConsumerDefinition>();
        bus.AddConsumer<ReadVerificationTextConsumer, ReadVerificationTextConsumerDefinition>();
    }
}
