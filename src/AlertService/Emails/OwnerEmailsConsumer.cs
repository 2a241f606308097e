using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Messaging.Inbox;

namespace PhoneMasking.AlertService.Emails;

/// <summary>
/// Writes to the owner about what happened to sitters and numbers. One queue for all of it, so that ordered comes before
/// ready. Idempotent: inbox entry and e-mail commit together.
/// </summary>
internal sealed class OwnerEmailsConsumer(
    AlertDbContext db,
    OwnerMail mail,
    IOptions<EmailOptions> options,
    TimeProvider clock) :
    IConsumer<SitterNumberAssigned>,
    IConsumer<SitterNumberOrdered>,
    IConsumer<SitterNumberReady>,
    IConsumer<SitterRemoved>,
    IConsumer<NumberFailed>,
    IConsumer<NumberBought>,
    IConsumer<PoolExhausted>
{
    public const string Queue = "alert-service.owner-emails";

    public Task Consume(ConsumeContext<SitterNumberAssigned> context) =>
        QueueAsync(context, new SitterAddedEmail(
            context.Message.SitterName, context.Message.Number, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<SitterNumberOrdered> context) =>
        QueueAsync(context, new NumberOrderedEmail(context.Message.SitterName, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<SitterNumberReady> context) =>
        QueueAsync(context, new NumberReadyEmail(
            context.Message.SitterName, context.Message.Number, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<SitterRemoved> context) =>
        QueueAsync(context, new SitterRemovedEmail(
            context.Message.SitterName, context.Message.Number, context.Message.OccurredAt));

    public Task Consume(ConsumeContext<NumberFailed> context)
    {
        var failed = context.Message;
        return QueueAsync(context, new NumberFailedEmail(
            failed.SitterName, failed.Number, failed.Step, failed.Reason, failed.ErrorCode, failed.OccurredAt));
    }

    // Numbers for sitters and standby numbers have e-mails of their own, or none.
    public Task Consume(ConsumeContext<NumberBought> context) =>
        context.Message.Lifecycle == NumberLifecycle.Pool
            ? QueueAsync(context, new PoolNumberBoughtEmail(context.Message.Number, context.Message.OccurredAt))
            : Task.CompletedTask;

    public async Task Consume(ConsumeContext<PoolExhausted> context)
    {
        var exhausted = context.Message;
        var sitter = await db.Sitters.AsNoTracking()
            .Where(known => known.OrganisationId == exhausted.OrganisationId && known.SitterId == exhausted.SitterId)
            .Select(known => known.Name)
            .SingleOrDefaultAsync(context.CancellationToken);

        // Published once for each text that is held: one e-mail for a burst is enough.
        await QueueAsync(
            context,
            new PoolExhaustedEmail(sitter, exhausted.OccurredAt),
            new EmailLimit(exhausted.SitterId.ToString(), options.Value.PoolExhaustedInterval));
    }

    private async Task QueueAsync<TEvent>(ConsumeContext<TEvent> context, OwnerEmail email, EmailLimit? limit = null)
        where TEvent : class, IAuditedEvent
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        if (await Inbox.TryBeginAsync(db, context, Queue, now))
        {
            var cause = context.MessageId!.Value.ToString(null, CultureInfo.InvariantCulture);
            await mail.QueueAsync(context.Message.OrganisationId, email, cause, limit, now, context.CancellationToken);
            await transaction.CommitAsync(context.CancellationToken);
            mail.Wake();
        }
    }
}

internal sealed class OwnerEmailsConsumerDefinition()
    : ServiceConsumerDefinition<OwnerEmailsConsumer>(OwnerEmailsConsumer.Queue, concurrency: 4);
