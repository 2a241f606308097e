using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Allocation;

/// <summary>Gives one pool number to a client alone, in one transaction.</summary>
internal sealed class NumberAllocator(NumberDbContext db, TimeProvider clock)
{
    private const string Unlocked = "unlocked";

    /// <summary>Gives a number to a client. A client who has one keeps it.</summary>
    public async Task<NumberAllocation> AllocateAsync(AllocateNumber request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindClientAsync(request, cancellationToken) is not { } client)
        {
            return new NumberAllocation(AllocationResult.ClientNotFound);
        }

        // A second request for the same client waits here, and then finds the first one's number.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended('numbers.client:' || {client.Value}::text, 0))",
            cancellationToken);
        if (await FindHeldAsync(request.OrganisationId, client, cancellationToken) is { } held)
        {
            return Of(AllocationResult.AlreadyAssigned, held);
        }

        if (await ClaimAsync(transaction, request.OrganisationId, cancellationToken) is not { } number)
        {
            return new NumberAllocation(AllocationResult.PoolEmpty);
        }

        var now = clock.GetStorableNow();
        number.Lifecycle = NumberLifecycle.Dedicated;
        number.ClientId = client;
        number.FormerSitterId = null;
        number.Touch(now);
        db.Outbox.Add(OutboxMessage.Of(number.ToEvent(now)!, now));
        db.Outbox.Add(OutboxMessage.Of(new NumberAllocated(request.OrganisationId, client, number.Id, now), now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Of(AllocationResult.Allocated, number);
    }

    private static NumberAllocation Of(AllocationResult result, OwnedNumber number) =>
        new(result, number.Id, number.Number);

    // Who turned out to be somebody known is that client.
    private async Task<ClientId?> FindClientAsync(AllocateNumber request, CancellationToken cancellationToken)
    {
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(
            known => known.Id == request.ClientId && known.OrganisationId == request.OrganisationId, cancellationToken);
        return client is null ? null : client.MergedInto ?? client.Id;
    }

    private Task<OwnedNumber?> FindHeldAsync(
        OrganisationId organisation,
        ClientId client,
        CancellationToken cancellationToken) =>
        db.Numbers.AsNoTracking().SingleOrDefaultAsync(
            number => number.OrganisationId == organisation && number.ClientId == client, cancellationToken);

    private async Task<OwnedNumber?> ClaimAsync(
        IDbContextTransaction transaction,
        OrganisationId organisation,
        CancellationToken cancellationToken)
    {
        await transaction.CreateSavepointAsync(Unlocked, cancellationToken);
        if (await ClaimUnlockedAsync(organisation, cancellationToken) is { } number)
        {
            return number;
        }

        // A number that was given away while it was read stays locked, in no order: who waited in turn with such a lock, and
        // somebody in front who waits for it, would wait for each other. The savepoint takes it back.
        await transaction.RollbackToSavepointAsync(Unlocked, cancellationToken);
        return await ClaimInTurnAsync(organisation, cancellationToken);
    }

    /// <summary>Takes a free number that nobody else is about to take: callers at the same time do not wait.</summary>
    private async Task<OwnedNumber?> ClaimUnlockedAsync(
        OrganisationId organisation,
        CancellationToken cancellationToken)
    {
        var claimed = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE organisation_id = {organisation.Value} AND lifecycle = 'Pool' AND stage = 'Ready'
                    AND NOT EXISTS (
                        SELECT FROM numbers.sessions WHERE sessions.number_id = numbers.id AND sessions.open)
                ORDER BY created_at, number LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
            .ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    /// <summary>
    /// Takes a free number in turn. Where SKIP LOCKED finds none, one may still come free: another's claim may be rolled
    /// back. So "empty" is only said after each free number's lock has been waited for.
    /// </summary>
    private async Task<OwnedNumber?> ClaimInTurnAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        var claimed = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE organisation_id = {organisation.Value} AND lifecycle = 'Pool' AND stage = 'Ready'
                    AND NOT EXISTS (
                        SELECT FROM numbers.sessions WHERE sessions.number_id = numbers.id AND sessions.open)
                ORDER BY created_at, number LIMIT 1 FOR UPDATE
                """)
            .ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }
}
