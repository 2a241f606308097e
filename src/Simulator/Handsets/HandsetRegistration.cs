using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Handsets;

internal static class HandsetRegistration
{
    /// <summary>Adds the people and their handsets. No start when <c>Simulator:People</c> is invalid.</summary>
    public static void AddHandsets(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<PeopleOptions>, PeopleOptionsValidator>();
        services.AddOptions<PeopleOptions>().BindConfiguration(PeopleOptions.Section).ValidateOnStart();
        services.AddSingleton<People>();
        services.AddSingleton<PhoneFeed>();
        services.AddSingleton<DeliveryLog>();
        services.AddSingleton<TextingDesk>();
        services.AddHostedService<OwnNumberLoop>();
    }
}
