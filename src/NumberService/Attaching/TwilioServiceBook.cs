using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.Twilio.Accounts;

namespace PhoneMasking.NumberService.Attaching;

/// <summary>
/// Knows which Messaging Service and which Proxy Service an organisation's numbers belong in: those of the settings, else
/// those that were stored.
/// </summary>
internal sealed class TwilioServiceBook(IServiceScopeFactory scopes, IOptions<TwilioSettings> settings)
{
    /// <summary>Reads them; none where there is none.</summary>
    public async Task<(string? MessagingService, string? ProxyService)> ReadAsync(
        OrganisationId organisation,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        var stored = await db.TwilioServices
            .AsNoTracking()
            .SingleOrDefaultAsync(services => services.OrganisationId == organisation, cancellationToken);
        return (
            settings.Value.MessagingServiceSid ?? stored?.MessagingServiceSid,
            settings.Value.ProxyServiceSid ?? stored?.ProxyServiceSid);
    }

    /// <summary>Stores them. A service that is absent stays as it is.</summary>
    public async Task StoreAsync(
        OrganisationId organisation,
        string? messagingService,
        string? proxyService,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.twilio_services AS stored (organisation_id, messaging_service_sid, proxy_service_sid)
            VALUES ({organisation.Value}, {messagingService}, {proxyService})
            ON CONFLICT (organisation_id) DO UPDATE SET
                messaging_service_sid = coalesce(excluded.messaging_service_sid, stored.messaging_service_sid),
                proxy_service_sid = coalesce(excluded.proxy_service_sid, stored.proxy_service_sid)
            """,
            cancellationToken);
    }
}
