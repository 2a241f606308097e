using System.Diagnostics;

namespace PhoneMasking.AppHost.Local;

/// <summary>What to run, and how.</summary>
/// <param name="Program">File name or full path of the program.</param>
/// <param name="Arguments">Its arguments, one by one, not quoted.</param>
public sealed record ProcessPlan(string Program, params IReadOnlyList<string> Arguments)
{
    private static readonly string? Setsid = OperatingSystem.IsLinux() ? InstalledPrograms.Find("setsid") : null;
    private static readonly string? Setpriv = OperatingSystem.IsLinux() ? InstalledPrograms.Find("setpriv") : null;

    /// <summary>Variables to set (or to remove, when null) on top of our own environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it runs. Default: the root folder, so that no folder is kept busy.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>The account to run as; only root can ask for one. Default: our own.</summary>
    public string? User { get; init; }

    /// <summary>The signal that the process gets when we are killed, without <c>SIG</c>.</summary>
    public string DeathSignal { get; init; } = "TERM";

    /// <summary>Receives each line that the process writes, on any thread.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>What a command run to its end reads from standard input. Default: nothing.</summary>
    public string Input { get; init; } = "";

    internal ProcessStartInfo ToStartInfo()
    {
        string[] command = [.. Wrapping(), Program, .. Arguments];
        var startInfo = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            startInfo.Environment[name] = value;
        }

        return startInfo;
    }

    // Each of these replaces itself by the next program, so the process id stays the one that we get.
    private IEnumerable<string> Wrapping()
    {
        if (Setsid is not null)
        {
            yield return Setsid;
        }

        if (Setpriv is not null)
        {
            yield return Setpriv;
            yield return "--pdeathsig";
            yield return DeathSignal;
        }

        if (User is null)
        {
            yield break;
        }

        if (Setpriv is null)
        {
            throw new ServerNotStartedException($"setpriv is needed to run {Program} as {User}: install util-linux.");
        }

        yield return "--reuid";
        yield return User;
        yield return "--regid";
        yield return User;
        yield return "--init-groups";
    }
}
