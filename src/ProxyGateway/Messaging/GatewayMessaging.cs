using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.MessageLog;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ProxyGateway.Retries;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.SitterAlerts;
using PhoneMasking.ProxyGateway.Verification;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Messaging;

internal static class GatewayMessaging
{
    /// <summary>Adds the bus with every consumer and request of the gateway.</summary>
    public static void AddGatewayMessaging(this WebApplicationBuilder builder) => builder.AddServiceBus(bus =>
    {
        bus.AddDirectoryConsumers();
        bus.AddRoutingConsumers();
        bus.AddSessionConsumers();
        bus.AddVerificationConsumers();
        bus.AddRetryConsumers();
        bus.AddSitterAlertConsumers();
        bus.AddMessageLogConsumers();
        bus.AddPublicApiRequests();
    });
}
