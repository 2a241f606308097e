using MassTransit;
using PhoneMasking.NumberService.Allocation;
using PhoneMasking.NumberService.Assigning;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.NumberService.Clients;
using PhoneMasking.NumberService.CommandLine;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Monitors;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.NumberService.Resting;
using PhoneMasking.NumberService.SampleData;
using PhoneMasking.NumberService.Sessions;
using PhoneMasking.NumberService.Sitters;
using PhoneMasking.NumberService.Utilization;
using PhoneMasking.NumberService.Verification;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.Twilio.Accounts;

if (OwnerCommands.AreAskedFor(args))
{
    return await OwnerCommands.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<NumberDbContext>(NumberDbContext.Schema);
builder.AddTwilioAccount();
builder.AddNumbering();
builder.AddInventory();
builder.AddBuying();
builder.AddResting();
builder.AddAttaching();
builder.AddVerification();
builder.AddSitters();
builder.AddAssigning();
builder.AddAllocation();
builder.AddUtilization();
builder.AddMonitors();
builder.AddSampleData<Samples>();
builder.AddServiceBus(bus =>
{
    bus.AddInventoryConsumers();
    bus.AddBuyingConsumers();
    bus.AddAttachingConsumers();
    bus.AddVerificationConsumers();
    bus.AddSitterConsumers();
    bus.AddAssigningConsumers();
    bus.AddAllocationConsumers();
    bus.AddUtilizationConsumers();
    bus.AddMonitorConsumers();
    bus.AddConsumer<SessionNews, SessionNewsDefinition>();
    bus.AddConsumer<ClientNews, ClientNewsDefinition>();
});
builder.AddProvisioning();

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync(args);
return 0;
