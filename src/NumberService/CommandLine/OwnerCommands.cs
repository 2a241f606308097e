using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.NumberService.Doctor;
using PhoneMasking.NumberService.Setup;
using PhoneMasking.ServiceDefaults.CommandLine;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.CommandLine;

/// <summary>The commands for the installation's owner: <c>setup</c> and <c>doctor</c>.</summary>
internal static class OwnerCommands
{
    private static readonly TimeSpan InterruptPatience = TimeSpan.FromSeconds(30);

    /// <summary>Whether the command line asks for one of them, and not for the service.</summary>
    public static bool AreAskedFor(string[] args) => args is [SetupCommand.Name or DoctorCommand.Name, ..];

    /// <summary>Runs the command on this process's terminal.</summary>
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(string[] args) =>
        RunAsync(args, OwnerConsole.Of(Console.Out, Console.IsOutputRedirected), null, CancellationToken.None);

    /// <summary>Runs the command.</summary>
    /// <param name="args">The command line; settings such as <c>--Setup:Pool=10</c> may be anywhere in it.</param>
    /// <param name="console">Where the owner reads.</param>
    /// <param name="configure">More settings, for tests.</param>
    /// <param name="cancellationToken">Interrupts it, as Ctrl-C does.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        OwnerConsole console,
        Action<WebApplicationBuilder>? configure,
        CancellationToken cancellationToken)
    {
        var settings = args.Where(IsSetting).ToArray();
        var host = new CommandHost(settings, configure, console);
        var root = new RootCommand("PhoneMasking, for the installation's owner")
        {
            SetupCommand.Create(host),
            DoctorCommand.Create(host),
        };
        var parsed = root.Parse(args.Where(arg => !IsSetting(arg)).ToArray());
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                console.Bad(error.Message);
            }

            console.Line($"See {args[0]} --help.");
            return (int)SetupEnd.WrongUsage;
        }

        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = InterruptPatience,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    /// <summary>Runs a command's work, and turns what can go wrong into words for the owner.</summary>
    public static async Task<int> GuardAsync(
        OwnerConsole console,
        Func<Task<SetupEnd>> work,
        CancellationToken cancellationToken)
    {
        try
        {
            return (int)await work();
        }
        catch (SetupStoppedException stopped)
        {
            console.Bad(stopped.Message);
            return (int)stopped.End;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Heading("Interrupted. Nothing is lost: run it again, it goes on.");
            return (int)SetupEnd.Interrupted;
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var failure in wrong.Failures)
            {
                console.Bad(failure);
            }

            return (int)SetupEnd.WrongUsage;
        }
        catch (TwilioApiException failure)
        {
            console.Bad($"{failure.Message} {(failure.IsTransient ? "Run it again later." : "")}");
            return (int)(failure.IsTransient ? SetupEnd.Waits : SetupEnd.Failed);
        }
        catch (NpgsqlException failure)
        {
            console.Bad($"The database cannot be used ({failure.SqlState ?? failure.GetType().Name}). Run it again when it is back.");
            return (int)SetupEnd.Waits;
        }
    }

    /// <summary>Builds the host; a connection string that is missing is a wrong setting.</summary>
    /// <exception cref="SetupStoppedException">A connection string is missing or malformed.</exception>
    public static WebApplication Build(Func<WebApplication> build)
    {
        try
        {
            return build();
        }
        catch (InvalidOperationException wrong)
        {
            throw new SetupStoppedException(SetupEnd.WrongUsage, wrong.Message);
        }
    }

    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal)
        && arg.Contains(':', StringComparison.Ordinal)
        && arg.Contains('=', StringComparison.Ordinal);
}
