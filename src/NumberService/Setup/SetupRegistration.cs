using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Setup;

internal static class SetupRegistration
{
    /// <summary>Adds what <c>setup</c> does. No start when section <c>Setup</c> is wrong.</summary>
    public static void AddSetup(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<SetupOptions, SetupOptionsValidator>(SetupOptions.Section);
        builder.Services.AddSingleton<SchemaState>();
        builder.Services.AddSingleton<SetupTurns>();
        builder.Services.AddSingleton<AccountCheck>();
        builder.Services.AddSingleton<RegistrationCheck>();
        builder.Services.AddSingleton<MessagingServiceSetup>();
        builder.Services.AddSingleton<ProxyProbe>();
        builder.Services.AddSingleton<AccountNumbers>();
        builder.Services.AddSingleton<SetupOrders>();
        builder.Services.AddSingleton<SetupStock>();
        builder.Services.AddSingleton<SetupProgress>();
        builder.Services.AddSingleton<SetupReport>();
        builder.Services.AddSingleton<SetupRun>();
    }
}
