using PhoneMasking.ProxyGateway.Accounts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.MessageLog;
using PhoneMasking.ProxyGateway.Organisations;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Webhooks;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<GatewayDbContext>(GatewayDbContext.Schema);
builder.AddTwilioAccount();
builder.AddOrganisations();
builder.AddTwilioWebhooks();
builder.AddRouting();
builder.AddSessions();
builder.AddSending();
builder.AddMessageLog();
builder.AddServiceBus(bus =>
{
    bus.AddDirectoryConsumers();
    bus.AddRoutingConsumers();
    bus.AddSessionConsumers();
    bus.AddMessageLogConsumers();
});
builder.AddDirectory();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapTwilioWebhooks();

await app.RunServiceAsync(args);
