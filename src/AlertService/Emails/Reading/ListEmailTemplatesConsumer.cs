using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Emails.Reading;

/// <summary>Answers with the templates. Changes nothing.</summary>
internal sealed class ListEmailTemplatesConsumer(EmailTemplates templates, IOptions<EmailOptions> options)
    : IConsumer<ListEmailTemplates>
{
    public Task Consume(ConsumeContext<ListEmailTemplates> context) => context.RespondAsync(new EmailTemplateList(
        [
            .. SampleEmails.All.Select(sample => new EmailTemplateView(
                sample.Template, SampleEmails.TitleOf(sample), templates.IsOverridden(sample.Template))),
        ],
        options.Value.Sender.ToString()));
}

internal sealed class ListEmailTemplatesConsumerDefinition()
    : ServiceConsumerDefinition<ListEmailTemplatesConsumer>("alert-service.list-email-templates", concurrency: 2);
