using MassTransit;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.ProxyGateway.Sessions;

internal static class SessionRegistration
{
    /// <summary>Adds the sessions' settings and their end.</summary>
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<SessionTimeOptions, SessionTimeOptionsValidator>(SessionTimeOptions.Section);
        builder.Services.AddScoped<SessionDesk>();
        builder.Services.AddHostedService<SessionExpiry>();
    }

    public static void AddSessionConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<ListSessionsConsumer, ListSessionsConsumerDefinition>();
}
