using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Resting;
using PhoneMasking.NumberService.Sitters;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Assigning;

/// <summary>Gives a number to a sitter, or takes it from a sitter or client, as the owner says.</summary>
internal sealed class NumberAssignment(
    NumberDbContext db,
    SitterDesk sitters,
    ReservedNumbers reserved,
    Rest rest,
    TimeProvider clock)
{
    /// <summary>Gives a standby number to a sitter who has none that works. A repeat changes nothing.</summary>
    public async Task<AssignmentOutcome> AssignAsync(AssignNumber request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldOrganisationAsync(request.OrganisationId, cancellationToken);
        if (await LockAsync(request.OrganisationId, request.NumberId, cancellationToken) is not { } number)
        {
            return AssignmentOutcome.Of(UnknownNumber());
        }

        if (number.SitterId == request.SitterId)
        {
            return AssignmentOutcome.Of(number);
        }

        var sitter = await sitters.LockAsync(request.OrganisationId, request.SitterId, cancellationToken);
        if (Check(number, sitter) is { } refused)
        {
            return refused;
        }

        var now = clock.GetStorableNow();
        if (sitter!.Reserved is { } failed)
        {
            reserved.TakeBack(sitter, failed, now);

            // One number of a sitter at a time: the database sees the old one go before the new one comes.
            await db.SaveChangesAsync(cancellationToken);
        }

        sitter.Version++;
        await reserved.GiveAsync(sitter, number, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return AssignmentOutcome.Of(number);
    }

    /// <summary>
    /// Takes a number from its sitter, when it becomes standby, or from its client, when it returns to the pool; it rests
    /// first. A repeat changes nothing.
    /// </summary>
    public async Task<AssignmentOutcome> ReleaseAsync(ReleaseNumber request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldOrganisationAsync(request.OrganisationId, cancellationToken);
        if (await LockAsync(request.OrganisationId, request.NumberId, cancellationToken) is not { } number)
        {
            return AssignmentOutcome.Of(UnknownNumber());
        }

        var now = clock.GetStorableNow();
        if (number.SitterId is { } sitterId)
        {
            var sitter = await sitters.LockAsync(request.OrganisationId, sitterId, cancellationToken);
            reserved.TakeBack(sitter!, number, now);
            sitter!.Version++;
            db.Outbox.Add(OutboxMessage.Of(sitter.ToEvent(now), now));
        }
        else if (number.ClientId is not null)
        {
            number.ClientId = null;
            number.Lifecycle = NumberLifecycle.Pool;
            rest.Begin(number, now);
            number.Touch(now);
            db.Outbox.Add(OutboxMessage.Of(number.ToEvent(now)!, now));
        }
        else
        {
            return AssignmentOutcome.Of(number);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return AssignmentOutcome.Of(number);
    }

    private static Refused UnknownNumber() =>
        new(RefusalKind.NotFound, "unknown-number", "There is no number with this id.", "numberId");

    private static AssignmentOutcome? Check(OwnedNumber number, Sitter? sitter)
    {
        if (sitter is not { Active: true })
        {
            return AssignmentOutcome.Of(sitter is null ? Refusals.UnknownSitter() : Refusals.RemovedSitter());
        }

        if (number.Lifecycle != NumberLifecycle.StandbyReserved)
        {
            return AssignmentOutcome.Conflict(
                "number-not-standby", "Only a standby number can be given to a sitter.", "numberId");
        }

        // While it rests it leads to its former sitter's clients.
        var own = number.Stage == NumberStage.Resting && number.FormerSitterId == sitter.Id;
        if (number.Stage != NumberStage.Ready && !own)
        {
            return AssignmentOutcome.Conflict(
                "number-not-ready", "The number is not Ready; wait until it is, or choose another one.", "numberId");
        }

        return sitter.Reserved is { Stage: not NumberStage.Failed }
            ? AssignmentOutcome.Conflict(
                "sitter-has-number", "The sitter has a number; release that one first.", "sitterId")
            : null;
    }

    private async Task<OwnedNumber?> LockAsync(
        OrganisationId organisation,
        NumberId id,
        CancellationToken cancellationToken)
    {
        var found = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE id = {id.Value} AND organisation_id = {organisation.Value} FOR UPDATE
                """)
            .ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }
}
