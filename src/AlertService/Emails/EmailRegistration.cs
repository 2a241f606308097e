using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails.Reading;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Persistence.Retention;

namespace PhoneMasking.AlertService.Emails;

internal static class EmailRegistration
{
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Adds the e-mails to the owner. The service does not start when section <c>Email</c> or a template is wrong.</summary>
    public static void AddEmails(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddValidatedOptions<EmailOptions, EmailRangesValidator>(EmailOptions.Section);
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
        services.AddSingleton(provider => EmailTemplates.Load(
            provider.GetRequiredService<IOptions<EmailOptions>>().Value.TemplatesFolder, out _));
        services.AddSingleton<EmailSignal>();
        services.AddSingleton<EmailQueue>();
        services.AddSingleton<EmailMetrics>();
        services.AddScoped<OwnerMail>();
        services.AddRowCleaner(provider =>
            (CleaningInterval, [Expiring(provider.GetRequiredService<IOptions<EmailOptions>>().Value)]));

        var sender = builder.Configuration.GetSection(EmailOptions.Section).GetValue<EmailSenderKind?>(nameof(EmailOptions.Sender));
        if (sender is null or EmailSenderKind.None)
        {
            return;
        }

        if (sender == EmailSenderKind.Https)
        {
            // Each attempt has its deadline. One client for good, so connections are renewed by their age.
            services.AddHttpClient<IEmailSender, HttpsEmailSender>(http => http.Timeout = Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    PooledConnectionLifetime = ConnectionLifetime,
                })
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        }
        else
        {
            services.AddSingleton<IEmailSender, SmtpEmailSender>();
        }

        services.AddSingleton<EmailDesk>();
        services.AddHostedService<EmailDispatcher>();
    }

    /// <summary>What is deleted in time: e-mails that have ended.</summary>
    public static ExpiringRows Expiring(EmailOptions options) =>
        new("e-mails", "alerts.emails", "ended_at < $1", options.Retention);

    public static void AddEmailConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<OwnerEmailsConsumer, OwnerEmailsConsumerDefinition>();
        bus.AddConsumer<ListEmailsConsumer, ListEmailsConsumerDefinition>();
        bus.AddConsumer<ReadEmailConsumer, ReadEmailConsumerDefinition>();
        bus.AddConsumer<ListEmailTemplatesConsumer, ListEmailTemplatesConsumerDefinition>();
        bus.AddConsumer<PreviewEmailConsumer, PreviewEmailConsumerDefinition>();
    }
}
