using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Messages;

internal static class MessageRegistration
{
    /// <summary>
    /// Adds messages, their life and their callbacks. No start when <c>Simulator:Messages</c> is invalid.
    /// </summary>
    public static void AddMessages(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<MessageOptions>, MessageOptionsValidator>();
        services.AddOptions<MessageOptions>().BindConfiguration(MessageOptions.Section).ValidateOnStart();
        services.AddSingleton<MessageStore>();
        services.AddSingleton<OptOuts>();
        services.AddSingleton<LifeCycleSettings>();
        services.AddSingleton<StatusCallbacks>();
        services.AddSingleton<Carrier>();
        services.AddSingleton<MessageDesk>();
        services.AddSingleton<Timeline>();
        services.AddHostedService(provider => provider.GetRequiredService<Timeline>());
    }
}
