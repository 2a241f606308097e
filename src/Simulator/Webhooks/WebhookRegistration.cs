using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Webhooks;

internal static class WebhookRegistration
{
    /// <summary>Adds what posts webhooks. No start when section <c>Simulator:Webhooks</c> is invalid.</summary>
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        builder.Services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<WebhookTransport>();
        builder.Services.AddSingleton<WebhookClient>();
    }
}
