using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Airtable;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Handsets;
using PhoneMasking.Simulator.Mailbox;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Phones;
using PhoneMasking.Simulator.Proxy;
using PhoneMasking.Simulator.Registration;
using PhoneMasking.Simulator.Rest;
using PhoneMasking.Simulator.Webhooks;

namespace PhoneMasking.Simulator;

/// <summary>
/// What the simulator is made of. Apart from Program.cs, so that a test can run it in its own process.
/// </summary>
internal static class SimulatorApp
{
    /// <summary>Builds the simulator; it listens once it is started.</summary>
    /// <param name="args">Settings as on the command line, for example <c>--urls=http://127.0.0.1:0</c>.</param>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);

        builder.AddControl();
        builder.AddTwilioRest();
        builder.AddMessages();
        builder.AddAccount();
        builder.AddNumbers();
        builder.AddMessagingServices();
        builder.AddRegistration();
        builder.AddProxy();
        builder.AddHandsets();
        builder.AddWebhooks();
        builder.AddFaults();
        builder.AddPhones();
        builder.AddMailbox();
        builder.AddAirtable();

        var app = builder.Build();

        app.UseExceptionHandler();

        app.MapHealth();
        app.MapTwilioRest();
        app.MapControl();
        app.MapPhones();
        app.MapMailbox();
        app.MapAirtable();

        return app;
    }
}
