using PhoneMasking.AlertService.Audit;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.AlertService.Sitters;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<AlertDbContext>(AlertDbContext.Schema);
builder.AddAudit();
builder.AddDeadLetters();
builder.AddEmails();
builder.AddServiceBus(bus =>
{
    bus.AddAuditConsumers();
    bus.AddDeadLetterConsumer();
    bus.AddEmailConsumers();
    bus.AddSitterConsumer();
});

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync(args);
