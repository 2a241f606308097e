using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Resting;

internal static class RestRegistration
{
    public static void AddResting(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<RestOptions, RestOptionsValidator>(RestOptions.Section);
        builder.Services.AddSingleton<Rest>();
    }
}
