using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Twilio.Accounts;

/// <summary>Adds the account at Twilio that an installation works with.</summary>
public static class AccountRegistration
{
    /// <summary>
    /// Adds <see cref="TwilioSettings"/>, the <see cref="TwilioAccount"/> that they describe and the client of its API. The
    /// host does not start when section <c>Twilio</c> is incomplete or wrong.
    /// </summary>
    /// <param name="builder">The service being composed.</param>
    public static void AddTwilioAccount(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var configuration = builder.Configuration;
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TwilioSettings>, TwilioSettingsValidator>());
        builder.Services.AddOptions<TwilioSettings>().BindConfiguration(TwilioSettings.Section).ValidateOnStart();
        builder.Services.PostConfigure<TwilioSettings>(settings =>
        {
            settings.AccountSid = Or(settings.AccountSid, configuration["TWILIO_ACCOUNT_SID"]) ?? string.Empty;
            settings.AuthToken = Or(settings.AuthToken, configuration["TWILIO_AUTH_TOKEN"]) ?? string.Empty;
            settings.SecondaryAuthToken = Or(settings.SecondaryAuthToken, configuration["TWILIO_SECONDARY_AUTH_TOKEN"]);
            settings.MessagingServiceSid = Or(settings.MessagingServiceSid, configuration["TWILIO_MESSAGING_SERVICE_SID"]);
            settings.ProxyServiceSid = Or(settings.ProxyServiceSid, configuration["TWILIO_PROXY_SERVICE_SID"]);
        });
        builder.Services.AddTwilioApi();
        builder.Services.AddSingleton(services =>
        {
            var settings = services.GetRequiredService<IOptions<TwilioSettings>>().Value;
            return new TwilioAccount(settings.AccountSid, settings.AuthToken, settings.ApiBaseUrl);
        });
    }

    // An empty variable is one that is not set: compose files pass on what the owner left out.
    private static string? Or(string? value, string? other) =>
        string.IsNullOrWhiteSpace(value) ? (string.IsNullOrWhiteSpace(other) ? null : other) : value;
}
