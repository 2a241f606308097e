using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Emails.Reading;

/// <summary>Answers with a template filled with made-up data. Changes nothing.</summary>
internal sealed class PreviewEmailConsumer(EmailTemplates templates, IOptions<EmailOptions> options)
    : IConsumer<PreviewEmail>
{
    public Task Consume(ConsumeContext<PreviewEmail> context)
    {
        if (SampleEmails.Find(context.Message.Template) is not { } sample)
        {
            return context.RespondAsync(new Refused(
                RefusalKind.NotFound, "unknown-template", "There is no template of this name.", "template"));
        }

        var written = templates.Write(sample, options.Value.ConsoleUrl);
        return context.RespondAsync(new EmailContent(sample.Template, written.Subject, written.Text, written.Html));
    }
}

internal sealed class PreviewEmailConsumerDefinition()
    : ServiceConsumerDefinition<PreviewEmailConsumer>("alert-service.preview-email", concurrency: 2);
