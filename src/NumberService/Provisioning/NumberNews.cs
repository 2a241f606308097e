using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>Tells the others of a number's change: events in the transaction that makes it.</summary>
internal sealed class NumberNews(NumberDbContext db, ProvisioningOptions options)
{
    /// <summary>Tells of a step that is done.</summary>
    public async Task TellAsync(
        OwnedNumber number,
        NumberStage before,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        Announce(number, now);
        if (before == NumberStage.Intended && number is { Stage: NumberStage.Bought, Number: { } bought })
        {
            Add(
                new NumberBought(number.OrganisationId, number.Id, bought, number.Lifecycle, number.Purpose, now), now);
            await EndAlertsAsync(number, cancellationToken);
        }

        if (before != NumberStage.Ready && number.Stage == NumberStage.Ready && number.SitterId is not null)
        {
            await TellSitterAsync(number, now, cancellationToken);
        }
    }

    /// <summary>Tells of a number that was given up.</summary>
    /// <param name="number">The number, Failed by now.</param>
    /// <param name="before">Its stage before.</param>
    /// <param name="isShared">Whether the cause is not the number's: then it is told once, and for each sitter who waits.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task TellFailureAsync(
        OwnedNumber number,
        NumberStage before,
        bool isShared,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        Announce(number, now);
        var isFirst = !isShared || await TryBeginAlertAsync(number, number.Reason!, now, cancellationToken);
        if (isFirst || number.SitterId is not null)
        {
            await AddFailureAsync(number, StepNames.Of(before), now, cancellationToken);
        }
    }

    /// <summary>Tells the owner of what only they can settle, once for each cause over all numbers.</summary>
    public async Task AlertAsync(
        OwnedNumber number,
        string cause,
        int? errorCode,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await TryBeginAlertAsync(number, cause, now, cancellationToken))
        {
            number.ErrorCode = errorCode;
            await AddFailureAsync(number, StepNames.Of(number.Stage), now, cancellationToken);
        }
    }

    private async Task<bool> TryBeginAlertAsync(
        OwnedNumber number,
        string cause,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.alerts (organisation_id, cause, raised_at)
            VALUES ({number.OrganisationId.Value}, {cause}, {now})
            ON CONFLICT (organisation_id, cause) DO UPDATE SET raised_at = excluded.raised_at
                WHERE alerts.raised_at <= {now - options.AlertInterval}
            """,
            cancellationToken) == 1;

    private Task<int> EndAlertsAsync(OwnedNumber number, CancellationToken cancellationToken) =>
        db.Alerts
            .Where(alert => alert.OrganisationId == number.OrganisationId && Reasons.EndedByPurchase.Contains(alert.Cause))
            .ExecuteDeleteAsync(cancellationToken);

    private async Task AddFailureAsync(
        OwnedNumber number,
        string step,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var name = number.SitterId is { } id
            ? await db.Sitters.Where(sitter => sitter.Id == id).Select(sitter => sitter.Name).SingleAsync(cancellationToken)
            : null;
        Add(
            new NumberFailed(
                number.OrganisationId, number.Id, number.Number, number.SitterId, name, step, number.Reason!, number.ErrorCode, now),
            now);
    }

    // A number that is attached or verified again was announced long ago.
    private async Task TellSitterAsync(OwnedNumber number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sitter = await db.Sitters
            .Include(found => found.Reserved)
            .SingleAsync(found => found.Id == number.SitterId, cancellationToken);
        if (sitter.AnnouncedNumberId == number.Id)
        {
            return;
        }

        sitter.AnnouncedNumberId = number.Id;
        sitter.Version++;
        Add(sitter.ToEvent(now), now);
        Add(
            new SitterNumberReady(number.OrganisationId, sitter.Id, sitter.Name, number.Id, number.Number!, now),
            now);
    }

    private void Announce(OwnedNumber number, DateTimeOffset now)
    {
        if (number.ToEvent(now) is { } changed)
        {
            Add(changed, now);
        }
    }

    private void Add<TEvent>(TEvent told, DateTimeOffset now)
        where TEvent : class => db.Outbox.Add(OutboxMessage.Of(told, now));
}
