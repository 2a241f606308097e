using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Status;

namespace PhoneMasking.ProxyGateway.Webhooks;

internal static class WebhookRegistration
{
    /// <summary>Adds what stores Twilio's webhooks, and the limit on every request's body.</summary>
    public static void AddTwilioWebhooks(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = TwilioForm.MaxBytes;
        });
        builder.Services.AddSingleton<InboundWriter>();
        builder.Services.AddSingleton<StatusWriter>();
        builder.Services.AddSingleton<EarlyReports>();
        builder.Services.AddHostedService<ForgottenReports>();
    }
}
