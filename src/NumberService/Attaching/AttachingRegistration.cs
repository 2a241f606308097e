using MassTransit;

namespace PhoneMasking.NumberService.Attaching;

internal static class AttachingRegistration
{
    /// <summary>Adds the Attach-Number routine and its opposite.</summary>
    public static void AddAttaching(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NumberWebhooks>();
        builder.Services.AddSingleton<TwilioServiceBook>();
        builder.Services.AddSingleton<CampaignCheck>();
        builder.Services.AddSingleton<AttachStep>();
        builder.Services.AddSingleton<ReleaseStep>();
    }

    public static void AddAttachingConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<AttachNumberConsumer, AttachNumberConsumerDefinition>();
}
