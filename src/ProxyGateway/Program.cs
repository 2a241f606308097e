using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.MessageLog;
using PhoneMasking.ProxyGateway.Messaging;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Organisations;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ProxyGateway.Refusals;
using PhoneMasking.ProxyGateway.Retries;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.SitterAlerts;
using PhoneMasking.ProxyGateway.Verification;
using PhoneMasking.ProxyGateway.Webhooks;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.Twilio.Accounts;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<GatewayDbContext>(GatewayDbContext.Schema);
builder.AddTwilioAccount();
builder.AddOrganisations();
builder.AddRefusals();
builder.AddTwilioWebhooks();
builder.AddRouting();
builder.AddOptOuts();
builder.AddSessions();
builder.AddSending();
builder.AddVerification();
builder.AddRetries();
builder.AddSitterAlerts();
builder.AddMessageLog();
builder.AddPublicApi();
builder.AddGatewayMessaging();
builder.AddDirectory();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapTwilioWebhooks();
app.MapPublicApi();

await app.RunGatewayAsync(args);
