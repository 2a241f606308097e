using System.CommandLine;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.CommandLine;
using PhoneMasking.NumberService.Setup;

namespace PhoneMasking.NumberService.Doctor;

/// <summary>The command <c>doctor</c>: checks a running installation, and repairs what can be repaired safely.</summary>
internal static class DoctorCommand
{
    public const string Name = "doctor";

    private static readonly Option<bool> Fix = new("--fix") { Description = "Repair what can be repaired safely." };

    private static readonly Option<NumberLifecycle?> Import = ImportOption.Create();

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show the log on standard error." };

    /// <summary>Describes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            Name,
            "Checks credentials, services, every number's webhooks and drift between Twilio and the inventory. Ends with 0 "
            + "healthy, 1 something is wrong, 2 wrong usage, 3 Twilio or the database is away.")
        {
            Fix, Import, Verbose,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Import) is not null && !result.GetValue(Fix))
            {
                result.AddError("--import needs --fix.");
            }
        });
        command.SetAction((parsed, cancellationToken) => OwnerCommands.GuardAsync(
            host.Console,
            () => RunAsync(host, parsed, cancellationToken),
            cancellationToken));
        return command;
    }

    // Not started: what it changes is at Twilio or in the database, and the running service does the rest.
    private static async Task<SetupEnd> RunAsync(
        CommandHost host,
        ParseResult parsed,
        CancellationToken cancellationToken)
    {
        await using var app = OwnerCommands.Build(() => host.Build(parsed.GetValue(Verbose)));
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        return await app.Services.GetRequiredService<DoctorRun>()
            .RunAsync(parsed.GetValue(Fix), parsed.GetValue(Import), host.Console, cancellationToken);
    }
}
