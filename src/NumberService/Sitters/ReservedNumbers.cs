using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Resting;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>
/// Gives sitters their Reserved numbers and takes them back, in the transaction under way; saved and committed by the
/// caller, who holds the organisation (<see cref="NumberDbContext.HoldOrganisationAsync"/>).
/// </summary>
internal sealed class ReservedNumbers(NumberDbContext db, NumberOrders orders, Rest rest)
{
    /// <summary>
    /// Gives a sitter without a number one: a standby number at once (path A), else an order (path B). The sitter's own
    /// former number comes first, also while it rests: it leads to nobody else.
    /// </summary>
    public async Task ProvideAsync(Sitter sitter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindStandbyAsync(sitter, cancellationToken) is { } number)
        {
            await GiveAsync(sitter, number, now, cancellationToken);
            return;
        }

        var order = await FindFormerOrderAsync(sitter, cancellationToken);
        if (order is null)
        {
            order = await orders.AddAsync(
                sitter.OrganisationId,
                NumberLifecycle.ReservedActive,
                NumberPurpose.SitterAssignment,
                Guid.CreateVersion7(now),
                line: 0,
                sitter.Id,
                areaCode: null,
                cancellationToken);
        }
        else
        {
            Reserve(order, sitter, now);
        }

        sitter.Reserved = order;
        Publish(new SitterNumberOrdered(sitter.OrganisationId, sitter.Id, sitter.Name, order.Id, now), now);
        Publish(sitter.ToEvent(now), now);
    }

    /// <summary>Gives a sitter a standby number that can be used, and sees to it that another one is at hand.</summary>
    public async Task GiveAsync(Sitter sitter, OwnedNumber number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Reserve(number, sitter, now);
        sitter.Reserved = number;
        sitter.AnnouncedNumberId = number.Id;
        Publish(
            new SitterNumberAssigned(sitter.OrganisationId, sitter.Id, sitter.Name, number.Id, number.Number!, now),
            now);
        Publish(sitter.ToEvent(now), now);
        await ReplenishAsync(number, now, cancellationToken);
    }

    /// <summary>Takes a sitter's number, which becomes standby and rests if it was in use. The caller tells of the sitter.</summary>
    public void TakeBack(Sitter sitter, OwnedNumber number, DateTimeOffset now)
    {
        sitter.Reserved = null;
        sitter.AnnouncedNumberId = null;
        number.Lifecycle = NumberLifecycle.StandbyReserved;
        number.SitterId = null;
        number.FormerSitterId = sitter.Id;
        rest.Begin(number, now);
        number.Touch(now);
        Publish(number.ToEvent(now), now);
    }

    private async Task<OwnedNumber?> FindStandbyAsync(Sitter sitter, CancellationToken cancellationToken)
    {
        var found = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE organisation_id = {sitter.OrganisationId.Value} AND lifecycle = 'StandbyReserved'
                    AND (stage = 'Ready' OR (stage = 'Resting' AND former_sitter_id = {sitter.Id.Value}))
                ORDER BY former_sitter_id IS NOT DISTINCT FROM {sitter.Id.Value} DESC, created_at, number
                LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
            .ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }

    // Removed while the number was on its way, and added again: a second one need not be bought.
    private async Task<OwnedNumber?> FindFormerOrderAsync(Sitter sitter, CancellationToken cancellationToken)
    {
        var found = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE organisation_id = {sitter.OrganisationId.Value} AND lifecycle = 'StandbyReserved'
                    AND stage IN ('Intended', 'Bought', 'Attached') AND former_sitter_id = {sitter.Id.Value}
                ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
            .ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }

    private void Reserve(OwnedNumber number, Sitter sitter, DateTimeOffset now)
    {
        Rest.End(number);
        number.Lifecycle = NumberLifecycle.ReservedActive;
        number.SitterId = sitter.Id;
        number.FormerSitterId = null;
        number.Touch(now);
        Publish(number.ToEvent(now), now);
    }

    private async Task ReplenishAsync(OwnedNumber given, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var atHand = await db.Numbers.AnyAsync(
            number => number.OrganisationId == given.OrganisationId
                && number.Id != given.Id
                && number.Lifecycle == NumberLifecycle.StandbyReserved
                && (number.Stage == NumberStage.Ready
                    || number.Stage == NumberStage.Intended
                    || number.Stage == NumberStage.Bought
                    || number.Stage == NumberStage.Attached),
            cancellationToken);
        if (!atHand)
        {
            await orders.AddAsync(
                given.OrganisationId,
                NumberLifecycle.StandbyReserved,
                NumberPurpose.StandbyReplenishment,
                Guid.CreateVersion7(now),
                line: 0,
                sitter: null,
                areaCode: null,
                cancellationToken);
        }
    }

    private void Publish<TEvent>(TEvent? told, DateTimeOffset now)
        where TEvent : class
    {
        if (told is not null)
        {
            db.Outbox.Add(OutboxMessage.Of(told, now));
        }
    }
}
