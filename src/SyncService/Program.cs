using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.SyncService.Airtable;
using PhoneMasking.SyncService.Clients;
using PhoneMasking.SyncService.Persistence;
using PhoneMasking.SyncService.SampleData;

if (AirtableCommand.IsAskedFor(args))
{
    return await AirtableCommand.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<SyncDbContext>(SyncDbContext.Schema);
builder.AddNumbering();
builder.AddClients();
builder.AddSampleData<Samples>();
builder.AddServiceBus(bus => bus.AddClientConsumers());

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync(args);
return 0;
