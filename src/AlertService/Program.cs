using PhoneMasking.AlertService.Audit;
using PhoneMasking.AlertService.Clients;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Failures;
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
builder.AddFailures();
builder.AddServiceBus(bus =>
{
    bus.AddAuditConsumers();
    bus.AddDeadLetterConsumers();
    bus.AddEmailConsumers();
    bus.AddFailureConsumers();
    bus.AddSitterConsumer();
    bus.AddClientConsumer();
});

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync(args);
