using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Handsets;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Phones;
using PhoneMasking.Simulator.Rest;
using PhoneMasking.Simulator.Webhooks;

var builder = WebApplication.CreateBuilder(args);

builder.AddControl();
builder.AddTwilioRest();
builder.AddMessages();
builder.AddNumbers();
builder.AddHandsets();
builder.AddWebhooks();
builder.AddFaults();
builder.AddPhones();

var app = builder.Build();

app.UseExceptionHandler();

app.MapHealth();
app.MapTwilioRest();
app.MapControl();
app.MapPhones();

await app.RunAsync();
