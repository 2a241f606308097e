using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

using PhoneMasking.Airtable.Transport;

namespace PhoneMasking.Airtable;

/// <summary>Adds the client for Airtable's Web API.</summary>
public static class AirtableApiRegistration
{
    /// <summary>
    /// Adds <see cref="IAirtableApi"/> as a singleton, so that one process keeps one pace for a base. The host does not
    /// start when section <c>AirtableApi</c> is invalid.
    /// </summary>
    public static void AddAirtableApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<AirtableApiOptions>, AirtableApiOptionsValidator>());
        services.AddOptions<AirtableApiOptions>().BindConfiguration(AirtableApiOptions.Section).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BasePaces>();
        services.TryAddSingleton<AirtableConnection>();
        services.TryAddSingleton<AirtableTransport>();
        services.TryAddSingleton<IAirtableApi, AirtableApi>();
    }
}
