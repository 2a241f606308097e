using Microsoft.Extensions.Logging.Console;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.NumberService.Doctor;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.NumberService.Resting;
using PhoneMasking.NumberService.Setup;
using PhoneMasking.NumberService.Verification;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.CommandLine;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.Twilio.Accounts;

namespace PhoneMasking.NumberService.CommandLine;

/// <summary>What the owner's commands work with: the service's own parts, without its consumers and schedules.</summary>
/// <param name="settings">Settings of the command line, as <c>--Section:Setting=value</c>.</param>
/// <param name="configure">More settings, for tests.</param>
/// <param name="console">Where the owner reads.</param>
internal sealed class CommandHost(string[] settings, Action<WebApplicationBuilder>? configure, OwnerConsole console)
{
    public OwnerConsole Console { get; } = console;

    /// <summary>Everything that a command needs; started, it takes numbers through their stages and publishes the outbox.</summary>
    /// <exception cref="InvalidOperationException">A connection string is missing or malformed.</exception>
    public WebApplication Build(bool isVerbose)
    {
        var builder = CreateBuilder(isVerbose);
        builder.AddServiceDatabase<NumberDbContext>(NumberDbContext.Schema);
        builder.AddTwilioAccount();
        builder.AddNumbering();
        builder.Services.AddScoped<NumberImport>();
        builder.Services.AddScoped<NumberDesk>();
        builder.AddBuying();
        builder.AddResting();
        builder.AddAttaching();
        builder.AddVerification();
        builder.AddServiceBus(bus =>
        {
            bus.AddRequestClient<SendVerificationText>();
            bus.AddRequestClient<ReadVerificationText>();
        });
        builder.AddProvisioning();
        builder.AddSetup();
        builder.AddDoctor();
        return builder.Build();
    }

    /// <summary>
    /// Only the bus, so that somebody can be asked: nothing is published by it, which in an installation whose services never
    /// ran would be lost.
    /// </summary>
    public WebApplication BuildBus(bool isVerbose)
    {
        var builder = CreateBuilder(isVerbose);
        builder.AddServiceBus(bus => bus.AddRequestClient<ReadVerificationText>());
        builder.Services.AddValidatedOptions<SetupOptions, SetupOptionsValidator>(SetupOptions.Section);
        builder.Services.AddSingleton<GatewayCheck>();
        return builder.Build();
    }

    private WebApplicationBuilder CreateBuilder(bool isVerbose)
    {
        var builder = WebApplication.CreateBuilder(settings);
        configure?.Invoke(builder);

        // Nobody calls it over HTTP, and the service may run on this machine: any free port.
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, isVerbose ? LogLevel.Information : LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(log => log.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }
}
