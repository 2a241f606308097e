using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ProxyGateway.Organisations;

/// <summary>Reads and creates organisations.</summary>
internal sealed class OrganisationBook(GatewayDbContext db, ApiKeyRing keys, OutboxSignal outbox, TimeProvider clock)
{
    private const string FirstKeyName = "First key";

    public Task<Organisation> ReadAsync(OrganisationId id, CancellationToken cancellationToken) =>
        db.Organisations.AsNoTracking().SingleAsync(organisation => organisation.Id == id, cancellationToken);

    /// <summary>Creates an organisation and its first key together: neither is of use without the other.</summary>
    public async Task<(Organisation Organisation, ApiKeySecret Secret)> CreateAsync(
        string name,
        CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        var organisation = new Organisation { Id = OrganisationId.New(now), Name = name, CreatedAt = now };
        var secret = ApiKeySecret.New();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Organisations.Add(organisation);
        db.Outbox.Add(OutboxMessage.Of(new OrganisationCreated(organisation.Id, now), now));
        await db.SaveChangesAsync(cancellationToken);
        await keys.AddAsync(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            organisation.Id,
            FirstKeyName,
            Scopes.OfOneOrganisation,
            secret,
            KeyOrigin.Organisation,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return (organisation, secret);
    }
}
