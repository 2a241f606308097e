using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Failures.Classifying;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Failures.Telling;

/// <summary>
/// Writes to the owner that Twilio takes no text of the account, within the same limit as a failure with that code. Idempotent:
/// the event's id is the e-mail's cause.
/// </summary>
internal sealed class SendingBlockedConsumer(
    AlertDbContext db,
    OwnerMail mail,
    FailureMetrics metrics,
    IOptions<FailureOptions> options,
    TimeProvider clock) : IConsumer<SendingBlocked>
{
    public async Task Consume(ConsumeContext<SendingBlocked> context)
    {
        var blocked = context.Message;
        var email = new AccountBlockedEmail(
            blocked.ErrorCode, MeaningOf(blocked), CodeAdvice.OfBlocked(blocked), blocked.Number, blocked.OccurredAt);
        var cause = context.MessageId!.Value.ToString(null, CultureInfo.InvariantCulture);
        var limit = new EmailLimit(blocked.Reason!, options.Value.AccountBlockedInterval);
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        if (await mail.QueueAsync(blocked.OrganisationId, email, cause, limit, clock.GetUtcNow(), context.CancellationToken))
        {
            await transaction.CommitAsync(context.CancellationToken);
            mail.Wake();
            metrics.CountAlert(email.Template);
        }
    }

    private static string MeaningOf(SendingBlocked blocked) => blocked switch
    {
        { ErrorCode: 10001 or 20005 } => "account not active",
        { ErrorCode: { } code } when ErrorCodes.All.TryGetValue(code, out var known) => known.Meaning,
        { HttpStatus: 401 } => "authentication failed",
        { HttpStatus: var status } => string.Create(
            CultureInfo.InvariantCulture, $"Twilio refuses whatever this account asks, with HTTP {status}"),
    };
}

internal sealed class SendingBlockedConsumerDefinition()
    : ServiceConsumerDefinition<SendingBlockedConsumer>("alert-service.sending-blocked", concurrency: 2);
