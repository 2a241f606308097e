using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Failures.Classifying;
using PhoneMasking.AlertService.Failures.Retrying;
using PhoneMasking.AlertService.Failures.Systemic;
using PhoneMasking.AlertService.Failures.Telling;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>
/// Decides once what follows from a text that failed: a retry, an alert, a summary. All of it commits together, with a
/// number of statements that does not depend on how many failed before.
/// </summary>
internal sealed partial class FailureDesk(
    AlertDbContext db,
    FailureClassifier classifier,
    RetryBook retries,
    FailureAlerts alerts,
    SystemicWatch systemic,
    OwnerMail mail,
    FailureMetrics metrics,
    TimeProvider clock,
    ILogger<FailureDesk> logger)
{
    /// <summary>Records a failure; one that is known already changes nothing.</summary>
    /// <param name="failed">The report.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task RecordAsync(MessageFailed failed, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var arrivedAt = await TakeTurnAsync(failed.MessageId, now, cancellationToken);
        if (await db.Failures.AnyAsync(known => known.MessageId == failed.MessageId, cancellationToken))
        {
            return;
        }

        var failure = Judge(failed, await retries.FindOriginalAsync(failed.MessageId, cancellationToken), arrivedAt, now);
        db.Failures.Add(failure);
        var isPlanned = MayPass(failure);
        if (isPlanned)
        {
            retries.Plan(failed, arrived: arrivedAt is not null, now);
        }

        var told = arrivedAt is null ? await alerts.TellAsync(failure, now, cancellationToken) : null;
        await db.SaveChangesAsync(cancellationToken);
        var ended = failure.RetryOf is null
            ? 0
            : await retries.AdvanceAsync(failed.MessageId, RetryState.Failed, reason: null, cancellationToken);
        var summed = failure is { IsPermanent: true, ArrivedAt: null }
            && await systemic.CheckAsync(failure, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mail.Wake();
        Count(failure, isPlanned, ended, told, summed);
    }

    /// <summary>
    /// Records that a retry does not go out. When its text is lost by that it has failed for good, and is told like any that
    /// has; what was told when it failed is not told again.
    /// </summary>
    /// <param name="dropped">The report; one that is known already changes nothing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task EndRetryAsync(MessageRetryDropped dropped, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var arrivedAt = await TakeTurnAsync(dropped.MessageId, now, cancellationToken);
        var ended = await retries.AdvanceAsync(dropped.RetryId, RetryState.Dropped, dropped.Reason, cancellationToken);
        var lost = ended > 0 && arrivedAt is null && RetryBook.IsLostBy(dropped.Reason)
            ? await db.Failures.SingleOrDefaultAsync(known => known.MessageId == dropped.MessageId, cancellationToken)
            : null;
        string? told = null;
        var summed = false;
        if (lost is not null)
        {
            lost.IsPermanent = true;
            told = lost.Alert == FailureAlert.None ? await alerts.TellAsync(lost, now, cancellationToken) : null;
            await db.SaveChangesAsync(cancellationToken);
            summed = await systemic.CheckAsync(lost, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        mail.Wake();
        metrics.CountRetries("dropped", ended);
        CountTold(told, summed);
        if (lost is not null)
        {
            LogLost(lost.MessageId, dropped.Reason, lost.Alert);
        }
    }

    private async Task<DateTimeOffset?> TakeTurnAsync(MessageId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The update changes nothing; it locks the row, so that another report on the same text waits for this one.
        var rows = await db.Database.SqlQuery<DateTimeOffset?>(
            $"""
            INSERT INTO alerts.arrivals AS known (message_id, recorded_at) VALUES ({id.Value}, {now})
            ON CONFLICT (message_id) DO UPDATE SET recorded_at = known.recorded_at
            RETURNING known.arrived_at AS "Value"
            """).ToListAsync(cancellationToken);
        return rows[0];
    }

    private Failure Judge(MessageFailed failed, MessageId? retryOf, DateTimeOffset? arrivedAt, DateTimeOffset now)
    {
        var failureClass = classifier.ClassOf(failed.ErrorCode, failed.Outcome);
        var failure = new Failure
        {
            MessageId = failed.MessageId,
            OrganisationId = failed.OrganisationId,
            Code = failed.ErrorCode,
            Class = failureClass,
            Outcome = failed.Outcome,
            Direction = failed.Direction,
            SessionId = failed.SessionId,
            SitterId = failed.SitterId,
            ClientId = failed.ClientId,
            Number = failed.Number,
            RetryOf = retryOf,
            IsPermanent = IsBetweenPeople(failed.Direction) && failureClass switch
            {
                FailureClass.OptedOut or FailureClass.Warning => false,
                FailureClass.Temporary => retryOf is not null,
                _ => true,
            },
            ArrivedAt = arrivedAt,
            OccurredAt = failed.OccurredAt.ToUniversalTime(),
            RecordedAt = now,
        };
        return failure;
    }

    // One retry each, so a retry has none; and what explains or tests is not worth repeating.
    private static bool MayPass(Failure failure) =>
        failure is { Class: FailureClass.Temporary, RetryOf: null } && IsBetweenPeople(failure.Direction);

    private static bool IsBetweenPeople(MessageDirection direction) =>
        direction is MessageDirection.ClientToSitter or MessageDirection.SitterToClient;

    private void Count(Failure failure, bool isPlanned, int ended, string? told, bool summed)
    {
        metrics.CountFailure(failure.Code, failure.Class, failure.Direction);
        metrics.CountRetries("planned", isPlanned ? 1 : 0);
        metrics.CountRetries("failed", ended);
        CountTold(told, summed);
        var meaning = ErrorCodes.MeaningOf(failure.Code);
        if (failure.IsPermanent)
        {
            LogPermanent(failure.MessageId, failure.Code, meaning, failure.Class, failure.Alert);
        }
        else
        {
            LogOther(failure.MessageId, failure.Code, meaning, failure.Class);
        }
    }

    private void CountTold(string? told, bool summed)
    {
        if (told is not null)
        {
            metrics.CountAlert(told);
        }

        if (summed)
        {
            metrics.CountAlert(SystemicWatch.Template);
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "Text {MessageId} failed for good with {Code} ({Meaning}), {Class}; told: {Alert}")]
    private partial void LogPermanent(
        MessageId messageId, int? code, string meaning, FailureClass @class, FailureAlert alert);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Information, Message = "Text {MessageId} failed with {Code} ({Meaning}), {Class}")]
    private partial void LogOther(MessageId messageId, int? code, string meaning, FailureClass @class);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "Text {MessageId} failed for good, for its retry is dropped: {Reason}; told: {Alert}")]
    private partial void LogLost(MessageId messageId, string reason, FailureAlert alert);
}
