using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Adds and removes sitters together with their Reserved numbers.</summary>
internal sealed class SitterDesk(NumberDbContext db, NumberingRegion region, TimeProvider clock)
{
    /// <summary>Adds a sitter, who gets the standby number that has waited longest. A repeat returns the same sitter.</summary>
    public async Task<SitterOutcome> AddAsync(AddSitter request, CancellationToken cancellationToken)
    {
        if ((RequestRules.Name(request.Name) ?? RequestRules.Email(request.Email)) is { } wrong)
        {
            return new SitterOutcome.No(wrong);
        }

        if (!region.TryRead(request.Phone, out var phone))
        {
            return new SitterOutcome.No(Refusals.InvalidPhone(region));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldInventoryAsync(cancellationToken);
        var sitter = Make(request, phone);
        if (!await TryInsertAsync(sitter, cancellationToken))
        {
            return await FindByRequestAsync(request, cancellationToken) is { } before
                ? new SitterOutcome.Done(before.ToView())
                : new SitterOutcome.No(Refusals.PhoneTaken());
        }

        if (await db.Numbers.AnyAsync(number => number.Number == phone, cancellationToken))
        {
            return new SitterOutcome.No(Refusals.OwnNumber());
        }

        // Claimed last: a claim that is rolled back could have turned away somebody else in the meantime.
        sitter.Reserved = await ClaimStandbyAsync(sitter, cancellationToken);
        if (sitter.Reserved is null)
        {
            return new SitterOutcome.No(Refusals.NoStandbyNumber());
        }

        Announce(sitter, sitter.Reserved);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SitterOutcome.Done(sitter.ToView());
    }

    /// <summary>Removes a sitter, whose number becomes standby. A repeat changes nothing.</summary>
    public async Task<SitterOutcome> RemoveAsync(RemoveSitter request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The lock makes a second removal at the same time wait, and then find nothing left to do.
        await db.Database.ExecuteSqlAsync(
            $"SELECT FROM numbers.sitters WHERE id = {request.SitterId.Value} FOR UPDATE", cancellationToken);
        var sitter = await db.Sitters
            .Include(found => found.Reserved)
            .SingleOrDefaultAsync(
                found => found.Id == request.SitterId && found.OrganisationId == request.OrganisationId,
                cancellationToken);
        if (sitter is null)
        {
            return new SitterOutcome.No(Refusals.UnknownSitter());
        }

        if (sitter.TryRemove(clock.GetStorableNow(), out var freed))
        {
            Announce(sitter, freed);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return new SitterOutcome.Done(sitter.ToView());
    }

    private Sitter Make(AddSitter request, E164Number phone)
    {
        var now = clock.GetStorableNow();
        return new Sitter
        {
            Id = SitterId.New(now),
            OrganisationId = request.OrganisationId,
            RequestId = request.RequestId,
            Name = request.Name.Trim(),
            Email = string.IsNullOrEmpty(request.Email) ? null : request.Email,
            RealNumber = phone,
            Active = true,
            Version = 1,
            CreatedAt = now,
        };
    }

    // Waits for a request at the same time with the same phone or the same request id to end.
    private async Task<bool> TryInsertAsync(Sitter sitter, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.sitters
                (id, organisation_id, request_id, name, email, real_number, active, version, created_at)
            VALUES
                ({sitter.Id.Value}, {sitter.OrganisationId.Value}, {sitter.RequestId}, {sitter.Name}, {sitter.Email},
                 {sitter.RealNumber.Reveal()}, true, {sitter.Version}, {sitter.CreatedAt})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken) == 1;

    private async Task<OwnedNumber?> ClaimStandbyAsync(Sitter sitter, CancellationToken cancellationToken)
    {
        var claimed = await db.Numbers
            .FromSql($"""
                UPDATE numbers.numbers
                SET lifecycle = 'ReservedActive', sitter_id = {sitter.Id.Value}, version = version + 1,
                    changed_at = {sitter.CreatedAt}
                WHERE id = (
                    SELECT id FROM numbers.numbers
                    WHERE organisation_id = {sitter.OrganisationId.Value}
                        AND lifecycle = 'StandbyReserved' AND stage = 'Ready'
                    ORDER BY created_at, number LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    private Task<Sitter?> FindByRequestAsync(AddSitter request, CancellationToken cancellationToken) =>
        db.Sitters
            .AsNoTracking()
            .Include(sitter => sitter.Reserved)
            .SingleOrDefaultAsync(
                sitter => sitter.OrganisationId == request.OrganisationId && sitter.RequestId == request.RequestId,
                cancellationToken);

    private void Announce(Sitter sitter, OwnedNumber? number)
    {
        var now = clock.GetStorableNow();
        db.Outbox.Add(OutboxMessage.Of(sitter.ToEvent(now), now));
        if (number?.ToEvent(now) is { } changed)
        {
            db.Outbox.Add(OutboxMessage.Of(changed, now));
        }
    }
}
