using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.AlertService.Failures.Telling;

/// <summary>Orders alerts to sitters: one about a client in a while, and a few in all.</summary>
internal sealed class SitterAlerts(AlertDbContext db, IOptions<FailureOptions> options)
{
    /// <summary>Orders an alert in the open transaction, unless the limits forbid it, and writes that into the failure.</summary>
    /// <param name="failure">The failure; not saved yet.</param>
    /// <param name="sitter">Its sitter.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task OrderAsync(
        Failure failure, SitterId sitter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Two instances with failures of one sitter take turns, so that each sees what the other ordered.
        var key = $"sitter-alert:{sitter}";
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);
        if (!await MayAsync(failure, sitter, now, cancellationToken))
        {
            failure.Alert = FailureAlert.Limited;
            return;
        }

        var alert = MessageId.New(now);
        failure.Alert = FailureAlert.Sitter;
        failure.AlertId = alert;
        failure.AlertedAt = now;
        db.Outbox.Add(OutboxMessage.Of(
            new SendSitterAlert(failure.OrganisationId, alert, failure.MessageId, failure.OccurredAt), now));
    }

    private async Task<bool> MayAsync(
        Failure failure, SitterId sitter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - options.Value.SitterAlertInterval;
        var clients = await db.Failures.AsNoTracking()
            .Where(known => known.SitterId == sitter && known.AlertId != null && known.AlertedAt > since)
            .Select(known => known.ClientId)
            .ToListAsync(cancellationToken);
        return clients.Count < options.Value.SitterAlertLimit && !clients.Contains(failure.ClientId);
    }
}
