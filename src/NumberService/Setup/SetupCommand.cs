using System.CommandLine;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.CommandLine;
using PhoneMasking.ServiceDefaults;

namespace PhoneMasking.NumberService.Setup;

/// <summary>The command <c>setup</c>: takes an account from nothing to numbers that are Ready.</summary>
internal static class SetupCommand
{
    public const string Name = "setup";

    private const string Programmable = "programmable";
    private const string Proxy = "proxy";

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show what would be bought, where, and what it costs; change nothing.",
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Buy without asking." };

    private static readonly Option<int?> ReservedCount = Count("--reserved", "Numbers for sitters (Setup:Reserved, 34).");

    private static readonly Option<int?> PoolCount = Count("--pool", "Numbers of the pool (Setup:Pool, 20).");

    private static readonly Option<int?> StandbyCount = Count("--standby", "Numbers for the next new sitters (Setup:Standby, 1).");

    private static readonly Option<string> Engine =
        new Option<string>("--engine") { Description = "Which engine the numbers are made for." }
            .AcceptOnlyFromAmong(Programmable, Proxy);

    private static readonly Option<NumberLifecycle?> Import = ImportOption.Create();

    private static readonly Option<bool> LeaveUnknown = new("--leave-unknown")
    {
        Description = "Leave such numbers alone and buy the full count.",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show the log on standard error." };

    /// <summary>Describes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            Name,
            "Takes an account at Twilio from nothing to numbers that are Ready. Interrupt it at any time and run it again: it goes "
            + "on, and buys nothing twice. Ends with 0 all Ready, 1 something failed, 2 wrong usage, 3 waits for somebody outside.")
        {
            DryRun, Yes, ReservedCount, PoolCount, StandbyCount, Engine, Import, LeaveUnknown, Verbose,
        };
        command.SetAction((parsed, cancellationToken) => OwnerCommands.GuardAsync(
            host.Console,
            () => RunAsync(host, Read(parsed), parsed.GetValue(Verbose), cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<SetupEnd> RunAsync(
        CommandHost host,
        SetupRequest request,
        bool isVerbose,
        CancellationToken cancellationToken)
    {
        await using var app = OwnerCommands.Build(() => host.Build(isVerbose));
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        var run = app.Services.GetRequiredService<SetupRun>();
        if (request.DryRun)
        {
            return await run.ShowAsync(request, host.Console, cancellationToken);
        }

        await app.RunServiceAsync(["migrate"]);
        await run.PrepareAsync(request, host.Console, cancellationToken);
        await CheckGatewayAsync(host, isVerbose, cancellationToken);
        await run.OrderAsync(request, host.Console, cancellationToken);
        await app.StartAsync(cancellationToken);
        try
        {
            return await run.FinishAsync(host.Console, cancellationToken);
        }
        finally
        {
            // Steps that are under way are ended and recorded.
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static async Task CheckGatewayAsync(CommandHost host, bool isVerbose, CancellationToken cancellationToken)
    {
        host.Console.Heading("Gateway");
        await using var bus = host.BuildBus(isVerbose);
        await bus.StartAsync(cancellationToken);
        try
        {
            if (!await bus.Services.GetRequiredService<GatewayCheck>().AnswersAsync(cancellationToken))
            {
                throw new SetupStoppedException(
                    SetupEnd.Waits,
                    "The gateway does not answer over RabbitMQ. It takes the numbers' texts and sends the test texts, so start it "
                    + "(and the other services), then run setup again. Nothing was bought.");
            }
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }

        host.Console.Good("The gateway answers.");
    }

    private static SetupRequest Read(ParseResult parsed) => new()
    {
        DryRun = parsed.GetValue(DryRun),
        Yes = parsed.GetValue(Yes),
        Reserved = parsed.GetValue(ReservedCount),
        Pool = parsed.GetValue(PoolCount),
        Standby = parsed.GetValue(StandbyCount),
        WantsProxy = parsed.GetValue(Engine) == Proxy,
        Import = parsed.GetValue(Import),
        LeaveUnknown = parsed.GetValue(LeaveUnknown),
    };

    private static Option<int?> Count(string name, string description)
    {
        const int most = 10_000;
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > most)
            {
                result.AddError($"{name} must be 0 to {most}.");
            }
        });
        return option;
    }
}
