namespace PhoneMasking.AlertService.Retention;

internal static class RetentionRegistration
{
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RetentionCleaner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RetentionCleaner>());
    }
}
