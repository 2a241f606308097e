using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>Tells the audit log who took a copy of many records.</summary>
internal sealed class ExportRecords(GatewayDbContext db, TimeProvider clock)
{
    private const string By = "api";

    /// <summary>Call before anything is sent: what cannot be told is not exported.</summary>
    public Task AddAsync(ApiCaller caller, string what, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.Outbox.Add(OutboxMessage.Of(
            new RecordsExported(caller.OrganisationId, what, By, Records: null, new ApiKeyId(caller.KeyId), now), now));
        return db.SaveChangesAsync(cancellationToken);
    }
}
