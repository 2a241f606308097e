using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Verification;

internal static class VerificationRegistration
{
    /// <summary>Adds the test texts. No start without a phone for them, unless they are switched off.</summary>
    public static void AddVerification(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<VerificationOptions, VerificationOptionsValidator>(VerificationOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<VerificationOptions>, VerificationPhoneValidator>();
        builder.Services.AddSingleton<GatewayTexts>();
        builder.Services.AddSingleton<VerifyStep>();
    }

    public static void AddVerificationConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<VerifyNumberConsumer, VerifyNumberConsumerDefinition>();
        bus.AddRequestClient<SendVerificationText>();
        bus.AddRequestClient<ReadVerificationText>();
    }
}
