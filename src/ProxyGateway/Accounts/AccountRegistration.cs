using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Accounts;

internal static class AccountRegistration
{
    /// <summary>Adds the account at Twilio and the client of its API.</summary>
    public static void AddTwilioAccount(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddValidatedOptions<TwilioSettings, TwilioSettingsValidator>(TwilioSettings.Section);
        builder.Services.PostConfigure<TwilioSettings>(settings =>
        {
            settings.AccountSid = Or(settings.AccountSid, configuration["TWILIO_ACCOUNT_SID"]);
            settings.AuthToken = Or(settings.AuthToken, configuration["TWILIO_AUTH_TOKEN"]);
        });
        builder.Services.AddTwilioApi();
        builder.Services.AddSingleton(services =>
        {
            var settings = services.GetRequiredService<IOptions<TwilioSettings>>().Value;
            return new TwilioAccount(settings.AccountSid, settings.AuthToken, settings.ApiBaseUrl);
        });
    }

    private static string Or(string value, string? other) => string.IsNullOrWhiteSpace(value) ? other ?? string.Empty : value;
}
