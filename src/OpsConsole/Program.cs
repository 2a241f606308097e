using PhoneMasking.OpsConsole.Audit;
using PhoneMasking.OpsConsole.Emails;
using PhoneMasking.OpsConsole.Inquiries;
using PhoneMasking.OpsConsole.Live;
using PhoneMasking.OpsConsole.Numbers;
using PhoneMasking.OpsConsole.Overview;
using PhoneMasking.OpsConsole.Shell;
using PhoneMasking.OpsConsole.SignIn;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Messaging;

if (args is ["hash-password"])
{
    PasswordHash.MakeFrom(Console.In, Console.Out);
    return;
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddShell();
builder.AddAuditTrail();
builder.AddSignIn();
builder.AddNumbering();
builder.AddInquiries();
builder.AddOverview();
builder.AddLive();
builder.AddServiceBus(bus => bus.AddLiveConsumer());

var app = builder.Build();

app.MapDefaultEndpoints();
app.UseShell();
app.UseSignIn();
app.MapSignOut();
app.MapLive();
app.MapNumberExport();
app.MapAuditExport();
app.MapEmailDocuments();
app.MapShell();

await app.RunServiceAsync(args);
