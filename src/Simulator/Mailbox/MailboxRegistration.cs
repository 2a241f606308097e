using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Mailbox;

internal static class MailboxRegistration
{
    public static void AddMailbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        builder.Services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<MailStore>();
        builder.Services.AddSingleton<MailboxAssets>();
    }
}
