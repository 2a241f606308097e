using System.Runtime.CompilerServices;
using PhoneMasking.AppHost.Local;

namespace Aspire.Hosting;

/// <summary>Everything that was added to the builder, ready to be run on this machine.</summary>
public sealed class DistributedApplication
{
    private readonly LocalRun _run;

    internal DistributedApplication(LocalRun run) => _run = run;

    /// <summary>Begins a topology.</summary>
    /// <param name="args">The command line; not used.</param>
    /// <param name="appHostFile">The file that calls: relative paths of projects start from its folder.</param>
    public static DistributedApplicationBuilder CreateBuilder(
        string[] args,
        [CallerFilePath] string appHostFile = "") =>
        new(Path.GetDirectoryName(appHostFile) ?? "");

    /// <summary>
    /// Starts everything and returns when it has been ended by Ctrl-C, SIGTERM or a failure. A failure is printed and
    /// makes the process end with code 1.
    /// </summary>
    public void Run() => Environment.ExitCode = _run.UntilSignalAsync().GetAwaiter().GetResult();
}
