using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.Emails.Reading;

/// <summary>Answers with a page of the e-mails to the owner, newest first. Changes nothing.</summary>
internal sealed class ListEmailsConsumer(AlertDbContext db) : IConsumer<ListEmails>
{
    public async Task Consume(ConsumeContext<ListEmails> context)
    {
        var request = context.Message;
        if (RequestRules.PageLimit(request.Limit) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var emails = db.Emails.AsNoTracking().Where(email => email.OrganisationId == request.OrganisationId);
        if (request.After is { } after)
        {
            emails = emails.Where(email => email.Id < after);
        }

        if (request.State is { } state)
        {
            emails = emails.Where(email => email.State == state);
        }

        if (!string.IsNullOrEmpty(request.Template))
        {
            emails = emails.Where(email => email.Template == request.Template);
        }

        var found = await emails
            .OrderByDescending(email => email.Id)
            .Take(request.Limit + 1)
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).Select(email => email.ToView()).ToArray();
        await context.RespondAsync(new EmailPage(items, found.Count > items.Length ? items[^1].Id : null));
    }
}

internal sealed class ListEmailsConsumerDefinition()
    : ServiceConsumerDefinition<ListEmailsConsumer>("alert-service.list-emails", concurrency: 4);
