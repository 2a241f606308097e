using PhoneMasking.AlertService.Audit;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<AlertDbContext>(AlertDbContext.Schema);
builder.AddAudit();
builder.AddDeadLetters();
builder.AddServiceBus(bus =>
{
    bus.AddAuditConsumers();
    bus.AddDeadLetterConsumer();
});

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync(args);
