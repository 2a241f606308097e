using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.SyncService.Persistence;

namespace PhoneMasking.SyncService.Clients;

/// <summary>
/// The clients of one organisation as a transaction sees them. Phones move between records (a provisional one ends, a
/// client changes phones), so writers of an organisation take turns; each turn is a few milliseconds.
/// </summary>
internal sealed class ClientBook(SyncDbContext db, TimeProvider clock)
{
    /// <summary>Waits for this organisation's turn, which lasts until the transaction that is open ends.</summary>
    public Task TakeTurnAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended('sync.clients:' || {organisation.ToString()}, 0))",
            cancellationToken);

    /// <summary>Finds a client; a provisional one that ended leads to the one it turned out to be.</summary>
    public async Task<Client?> FindAsync(
        OrganisationId organisation,
        ClientId id,
        CancellationToken cancellationToken)
    {
        var client = await db.Clients
            .Include(found => found.Phones)
            .SingleOrDefaultAsync(found => found.Id == id && found.OrganisationId == organisation, cancellationToken);
        return client?.MergedInto is { } known ? await FindAsync(organisation, known, cancellationToken) : client;
    }

    /// <summary>Finds who has these phones, oldest record first.</summary>
    public async Task<IReadOnlyList<Client>> FindOwnersAsync(
        OrganisationId organisation,
        IReadOnlyList<E164Number> numbers,
        CancellationToken cancellationToken)
    {
        var texts = numbers.Select(number => number.Reveal()).ToArray();
        return await db.Clients
            .FromSql($"""
                SELECT * FROM sync.clients WHERE organisation_id = {organisation.Value} AND id IN (
                    SELECT client_id FROM sync.client_phones
                    WHERE organisation_id = {organisation.Value} AND number = ANY({texts}))
                """)
            .Include(client => client.Phones)
            .OrderBy(client => client.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends a provisional record: its phones and its id stand for the client from now on.</summary>
    public async Task MergeAsync(Client provisional, Client client, CancellationToken cancellationToken)
    {
        // Freed first and saved: the phones' key would otherwise be there twice for a moment.
        db.Phones.RemoveRange(provisional.Phones);
        provisional.Phones.Clear();
        provisional.MergedInto = client.Id;
        provisional.Version++;
        await db.SaveChangesAsync(cancellationToken);
        var now = clock.GetStorableNow();
        db.Outbox.Add(OutboxMessage.Of(
            new ClientMerged(client.OrganisationId, provisional.Id, client.Id, now), now));
    }

    /// <summary>Publishes the client's state with the commit.</summary>
    public void Announce(Client client)
    {
        var now = clock.GetStorableNow();
        db.Outbox.Add(OutboxMessage.Of(client.ToEvent(now), now));
    }
}
