using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Failures.Classifying;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Telling;

/// <summary>
/// Tells one person of a failure: the owner when the account cannot send or a sitter's phone cannot be reached, else the
/// sitter, whose next text would fail as well. Notices and test texts are told to nobody, so no alert causes another.
/// </summary>
internal sealed class FailureAlerts(
    AlertDbContext db,
    FailureClassifier classifier,
    SitterAlerts sitters,
    OwnerMail mail,
    IOptions<FailureOptions> options)
{
    private const string Limited = "limited";

    /// <summary>Tells whom it concerns, in the open transaction, and writes that into the failure.</summary>
    /// <param name="failure">The failure; not saved yet.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    /// <returns>What kind of alert it became, for the metrics; none when there was nothing to tell.</returns>
    public async Task<string?> TellAsync(Failure failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (classifier.IsOfAccount(failure.Code, failure.Class))
        {
            // Nothing goes out, an alert by text neither.
            return await WriteAsync(
                failure, AccountBlocked(failure), CodeOf(failure), options.Value.AccountBlockedInterval, now, cancellationToken);
        }

        if (IsSittersPhone(failure))
        {
            var email = await SitterUnreachableAsync(failure, cancellationToken);
            var topic = failure.SitterId?.ToString() ?? "unknown";
            return await WriteAsync(
                failure, email, topic, options.Value.SitterUnreachableInterval, now, cancellationToken);
        }

        if (!failure.IsPermanent || failure.SitterId is not { } sitter)
        {
            return null;
        }

        await sitters.OrderAsync(failure, sitter, now, cancellationToken);
        return failure.Alert == FailureAlert.Limited ? Limited : "sitter";
    }

    private bool IsSittersPhone(Failure failure) =>
        failure.Direction == MessageDirection.ClientToSitter
        && (failure.IsPermanent || failure.Class == FailureClass.OptedOut)
        && classifier.IsOfPhone(failure.Code, failure.Class);

    private async Task<string> WriteAsync(
        Failure failure,
        OwnerEmail email,
        string topic,
        TimeSpan interval,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var limit = new EmailLimit(topic, interval);
        var isQueued = await mail.QueueAsync(
            failure.OrganisationId, email, failure.MessageId.ToString(), limit, now, cancellationToken);
        failure.Alert = isQueued ? FailureAlert.Owner : FailureAlert.Limited;
        return isQueued ? email.Template : Limited;
    }

    private static AccountBlockedEmail AccountBlocked(Failure failure) => new(
        failure.Code,
        ErrorCodes.MeaningOf(failure.Code),
        CodeAdvice.OfAccount(failure.Code),
        failure.Number,
        failure.OccurredAt);

    private async Task<SitterUnreachableEmail> SitterUnreachableAsync(Failure failure, CancellationToken cancellationToken)
    {
        var names = await db.Sitters.AsNoTracking()
            .Where(known => known.OrganisationId == failure.OrganisationId && known.SitterId == failure.SitterId)
            .Select(known => known.Name)
            .ToListAsync(cancellationToken);
        var meaning = failure.Class == FailureClass.OptedOut && failure.Code is null
            ? "recipient opted out (STOP)"
            : ErrorCodes.MeaningOf(failure.Code);
        return new SitterUnreachableEmail(
            names.FirstOrDefault(), failure.Code, meaning, CodeAdvice.OfPhone(failure.Code), failure.OccurredAt);
    }

    private static string CodeOf(Failure failure) => failure.Code?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
