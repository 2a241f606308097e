using System.CommandLine;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PhoneMasking.Airtable;
using PhoneMasking.ServiceDefaults;
using PhoneMasking.ServiceDefaults.CommandLine;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>The command <c>airtable</c>, for the owner: gives a base at Airtable the tables and fields of the product.</summary>
internal static class AirtableCommand
{
    public const string Name = "airtable";

    private static readonly TimeSpan InterruptPatience = TimeSpan.FromSeconds(30);

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show how the base stands; change nothing." };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Make what is missing without asking." };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show the log on standard error." };

    /// <summary>Whether the command line asks for it, and not for the service.</summary>
    public static bool IsAskedFor(string[] args) => args is [Name, ..];

    /// <summary>Runs the command on this process's terminal.</summary>
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(string[] args) =>
        RunAsync(args, OwnerConsole.Of(Console.Out, Console.IsOutputRedirected), null, CancellationToken.None);

    /// <summary>Runs the command.</summary>
    /// <param name="args">The command line; settings such as <c>--Airtable:BaseId=app…</c> may be anywhere in it.</param>
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
        var command = new Command(
            Name,
            "Gives a base at Airtable the tables and fields of PhoneMasking. Makes what is missing; never changes or deletes what is "
            + "there. May be interrupted and repeated. Ends with 0 all there, 1 something differs, 2 wrong usage, 3 something is "
            + "missing yet or Airtable is away.")
        {
            DryRun, Yes, Verbose,
        };
        command.SetAction((parsed, token) => GuardAsync(
            console, () => RunAsync(parsed, settings, console, configure, token), token));
        var parsed = new RootCommand("PhoneMasking, for the installation's owner") { command }
            .Parse(args.Where(arg => !IsSetting(arg)).ToArray());
        if (parsed.Errors.Count > 0)
        {
            parsed.Errors.ToList().ForEach(error => console.Bad(error.Message));
            console.Line($"See {Name} --help.");
            return (int)AirtableEnd.WrongUsage;
        }

        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = InterruptPatience,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    // Neither started nor connected to database and broker: it works at Airtable alone.
    private static async Task<AirtableEnd> RunAsync(
        ParseResult parsed,
        string[] settings,
        OwnerConsole console,
        Action<WebApplicationBuilder>? configure,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(settings);
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(
            null, parsed.GetValue(Verbose) ? LogLevel.Information : LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(log => log.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddAirtableCommand();
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        var run = app.Services.GetRequiredService<AirtableRun>();
        return parsed.GetValue(DryRun)
            ? await run.ShowAsync(console, cancellationToken)
            : await run.RunAsync(parsed.GetValue(Yes), console, cancellationToken);
    }

    private static async Task<int> GuardAsync(
        OwnerConsole console, Func<Task<AirtableEnd>> work, CancellationToken cancellationToken)
    {
        try
        {
            return (int)await work();
        }
        catch (AirtableStoppedException stopped)
        {
            console.Bad(stopped.Message);
            return (int)stopped.End;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Heading("Interrupted. Nothing is lost: run it again, it goes on.");
            return (int)AirtableEnd.Interrupted;
        }
        catch (OptionsValidationException wrong)
        {
            wrong.Failures.ToList().ForEach(console.Bad);
            return (int)AirtableEnd.WrongUsage;
        }
        catch (AirtableApiException failure)
        {
            console.Bad(RefusalWords.Explain(failure));
            return (int)(failure.IsTransient || failure.Failure == AirtableFailure.QuotaExceeded
                ? AirtableEnd.Waits
                : AirtableEnd.Failed);
        }
    }

    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal)
        && arg.Contains(':', StringComparison.Ordinal)
        && arg.Contains('=', StringComparison.Ordinal);
}
