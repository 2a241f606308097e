using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.ServiceDefaults.Requests;
using PhoneMasking.SyncService.Persistence;

namespace PhoneMasking.SyncService.Clients;

/// <summary>Adds and changes clients for the owner.</summary>
internal sealed class ClientDesk(SyncDbContext db, ClientBook book, NumberingRegion region, TimeProvider clock)
{
    /// <summary>Adds a client, or takes over the provisional record of a phone. A repeat returns the same client.</summary>
    public async Task<ClientOutcome> AddAsync(AddClient request, CancellationToken cancellationToken)
    {
        IReadOnlyList<E164Number> numbers = [];
        var wrong = RequestRules.Name(request.Name)
            ?? RequestRules.Email(request.Email)
            ?? PhoneList.Read(request.Phones, region, out numbers);
        if (wrong is not null)
        {
            return new ClientOutcome.No(wrong);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await book.TakeTurnAsync(request.OrganisationId, cancellationToken);
        var before = await db.Clients
            .Include(client => client.Phones)
            .SingleOrDefaultAsync(
                client => client.OrganisationId == request.OrganisationId && client.RequestId == request.RequestId,
                cancellationToken);
        if (before is not null)
        {
            return new ClientOutcome.Done(before.ToView());
        }

        var owners = await book.FindOwnersAsync(request.OrganisationId, numbers, cancellationToken);
        if (FindTaken(owners, null, numbers) is { } taken)
        {
            return new ClientOutcome.No(Refusals.PhoneTaken(PhoneList.FieldOf(request.Phones, taken, region)));
        }

        var client = owners.Count > 0 ? owners[0] : Make(request);
        var kept = await MergeAsync([.. owners.Skip(1)], client, cancellationToken);
        client.RequestId = request.RequestId;
        client.Name = request.Name.Trim();
        client.Email = EmailOf(request.Email);
        client.Provisional = false;
        client.SetNumbers([.. numbers.Union(client.Numbers).Union(kept)]);
        return await SaveAsync(client, cancellationToken);
    }

    /// <summary>Changes a client; what is null stays. A repeat changes nothing.</summary>
    /// <remarks>
    /// A provisional client that is given a name is provisional no more. One that has a phone the client is
    /// given ends, and all its phones become the client's.
    /// </remarks>
    public async Task<ClientOutcome> ChangeAsync(ChangeClient request, CancellationToken cancellationToken)
    {
        IReadOnlyList<E164Number> numbers = [];
        var wrong = (request.Name is null ? null : RequestRules.Name(request.Name))
            ?? RequestRules.Email(request.Email)
            ?? (request.Phones is null ? null : PhoneList.Read(request.Phones, region, out numbers));
        if (wrong is not null)
        {
            return new ClientOutcome.No(wrong);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await book.TakeTurnAsync(request.OrganisationId, cancellationToken);
        var client = await book.FindAsync(request.OrganisationId, request.ClientId, cancellationToken);
        if (client is null)
        {
            return new ClientOutcome.No(Refusals.UnknownClient());
        }

        var owners = await book.FindOwnersAsync(request.OrganisationId, numbers, cancellationToken);
        if (FindTaken(owners, client, numbers) is { } taken)
        {
            return new ClientOutcome.No(Refusals.PhoneTaken(PhoneList.FieldOf(request.Phones!, taken, region)));
        }

        var changed = Rename(client, request);
        if (request.Phones is not null)
        {
            var kept = await MergeAsync([.. owners.Where(owner => owner != client)], client, cancellationToken);
            IReadOnlyList<E164Number> all = [.. numbers.Union(kept)];
            changed |= !all.SequenceEqual(client.Numbers);
            client.SetNumbers(all);
        }

        return changed ? await SaveAsync(client, cancellationToken) : new ClientOutcome.Done(client.ToView());
    }

    private static bool Rename(Client client, ChangeClient request)
    {
        var name = request.Name?.Trim() ?? client.Name;
        var email = request.Email is null ? client.Email : EmailOf(request.Email);
        var provisional = client.Provisional && request.Name is null;
        var changed = (name, email, provisional) != (client.Name, client.Email, client.Provisional);
        (client.Name, client.Email, client.Provisional) = (name, email, provisional);
        return changed;
    }

    private static E164Number? FindTaken(
        IReadOnlyList<Client> owners,
        Client? client,
        IReadOnlyList<E164Number> numbers) =>
        owners.FirstOrDefault(owner => owner != client && !owner.Provisional)?.Numbers.First(numbers.Contains);

    private static string? EmailOf(string? email) => string.IsNullOrEmpty(email) ? null : email;

    private async Task<IReadOnlyList<E164Number>> MergeAsync(
        IReadOnlyList<Client> provisionals,
        Client client,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<E164Number> kept = [.. provisionals.SelectMany(provisional => provisional.Numbers)];
        foreach (var provisional in provisionals)
        {
            await book.MergeAsync(provisional, client, cancellationToken);
        }

        return kept;
    }

    private Client Make(AddClient request)
    {
        var now = clock.GetStorableNow();
        var client = new Client
        {
            Id = ClientId.New(now),
            OrganisationId = request.OrganisationId,
            Name = request.Name,
            Provisional = false,
            Version = 0,
            CreatedAt = now,
        };
        db.Clients.Add(client);
        return client;
    }

    private async Task<ClientOutcome> SaveAsync(Client client, CancellationToken cancellationToken)
    {
        client.Version++;
        book.Announce(client);
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.CurrentTransaction!.CommitAsync(cancellationToken);
        return new ClientOutcome.Done(client.ToView());
    }
}
