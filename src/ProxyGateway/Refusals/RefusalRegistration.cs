namespace PhoneMasking.ProxyGateway.Refusals;

internal static class RefusalRegistration
{
    public static void AddRefusals(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RefusalTally>();
        builder.Services.AddSingleton<RefusalTeller>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RefusalTeller>());
    }
}
