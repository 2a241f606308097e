using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Twilio;

/// <summary>Adds the client for Twilio's REST API.</summary>
public static class TwilioApiRegistration
{
    /// <summary>
    /// Adds <see cref="ITwilioApi"/> as a singleton. The host does not start when section <c>TwilioApi</c> is invalid.
    /// </summary>
    public static void AddTwilioApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TwilioApiOptions>, TwilioApiOptionsValidator>());
        services.AddOptions<TwilioApiOptions>().BindConfiguration(TwilioApiOptions.Section).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITwilioApi, TwilioApi>();
    }
}
