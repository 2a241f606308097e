using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Emails.Reading;

/// <summary>Answers with one e-mail as it was written. Changes nothing.</summary>
internal sealed class ReadEmailConsumer(AlertDbContext db) : IConsumer<ReadEmail>
{
    public async Task Consume(ConsumeContext<ReadEmail> context)
    {
        var request = context.Message;
        var email = await db.Emails.AsNoTracking().SingleOrDefaultAsync(
            found => found.OrganisationId == request.OrganisationId && found.Id == request.EmailId,
            context.CancellationToken);
        if (email is null)
        {
            await context.RespondAsync(new Refused(
                RefusalKind.NotFound, "unknown-email", "There is no e-mail with this id.", "emailId"));
            return;
        }

        await context.RespondAsync(new EmailContent(email.Template, email.Subject, email.TextBody, email.HtmlBody));
    }
}

internal sealed class ReadEmailConsumerDefinition()
    : ServiceConsumerDefinition<ReadEmailConsumer>("alert-service.read-email", concurrency: 4);
