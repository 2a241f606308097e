using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Proxy;
using PhoneMasking.Twilio.Registration;
using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio;

/// <summary>Adds the client for Twilio's REST API.</summary>
public static class TwilioApiRegistration
{
    /// <summary>
    /// Adds, as singletons, <see cref="ITwilioApi"/> (messages and numbers), <see cref="IAccountApi"/>,
    /// <see cref="IMessagingServiceApi"/>, <see cref="IRegistrationApi"/> and <see cref="IProxyApi"/>. The host does
    /// not start when section <c>TwilioApi</c> is invalid.
    /// </summary>
    public static void AddTwilioApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TwilioApiOptions>, TwilioApiOptionsValidator>());
        services.AddOptions<TwilioApiOptions>().BindConfiguration(TwilioApiOptions.Section).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TwilioMetrics>();
        services.TryAddSingleton<TwilioConnection>();
        services.TryAddSingleton<TwilioTransport>();
        services.TryAddSingleton<ITwilioApi, TwilioApi>();
        services.TryAddSingleton<IAccountApi, AccountApi>();
        services.TryAddSingleton<IMessagingServiceApi, MessagingServiceApi>();
        services.TryAddSingleton<IRegistrationApi, RegistrationApi>();
        services.TryAddSingleton<IProxyApi, ProxyApi>();
    }
}
