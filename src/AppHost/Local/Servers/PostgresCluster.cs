using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PhoneMasking.AppHost.Local;

/// <summary>A PostgreSQL data folder, the programs of its version and the account that may use it.</summary>
internal sealed class PostgresCluster
{
    private const string ServerAccount = "postgres";

    private readonly string _data;
    private readonly string _programs;
    private readonly string? _account;

    private PostgresCluster(string data, string programs, string? account)
    {
        _data = data;
        _programs = programs;
        _account = account;
    }

    /// <summary>Opens the cluster in a folder, creating it when there is none, and clears away a former run.</summary>
    /// <exception cref="ServerNotStartedException">PostgreSQL is not installed, or refused to create the cluster.</exception>
    public static async Task<PostgresCluster> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        // PostgreSQL refuses to run as root.
        var account = Environment.IsPrivilegedProcess ? ServerAccount : null;
        var data = await ReachableAsync(Path.GetFullPath(folder), account, cancellationToken);
        var version = File.Exists(Path.Combine(data, "PG_VERSION"))
            ? (await File.ReadAllTextAsync(Path.Combine(data, "PG_VERSION"), cancellationToken)).Trim()
            : null;
        var cluster = new PostgresCluster(data, Programs(version, data), account);
        if (version is null)
        {
            await cluster.CreateAsync(cancellationToken);
        }

        await cluster.ClearFormerRunAsync(cancellationToken);
        return cluster;
    }

    /// <summary>How to run the server. It listens on loopback only and has no Unix socket: paths may be too long.</summary>
    public ProcessPlan ServerPlan(int port) =>
        new(
            Path.Combine(_programs, "postgres"),
            "-D", _data,
            "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=",
            "-c", "max_connections=300",
            "-c", "timezone=UTC",
            "-c", "log_timezone=UTC")
        {
            User = _account,
            DeathSignal = "INT",
        };

    private static string Programs(string? version, string data)
    {
        var folders = InstalledPrograms.PostgresFolders().ToList();
        if (folders.Count == 0 && InstalledPrograms.Find("initdb") is { } initdb)
        {
            folders.Add(Path.GetDirectoryName(initdb)!);
            version = null;
        }

        return folders.FirstOrDefault(f => version is null || Path.GetFileName(Path.GetDirectoryName(f)) == version)
            ?? throw new ServerNotStartedException(
                version is null
                    ? "PostgreSQL is not installed. Install it (Debian, Ubuntu: apt-get install postgresql), "
                        + "or name a server in ConnectionStrings__<database>."
                    : $"The data in {data} is of PostgreSQL {version}, which is not installed. "
                        + "Install that version, or move the folder away to begin with empty data.");
    }

    // As root the server runs under another account, which often may not enter the folder we are in (/root).
    private static async Task<string> ReachableAsync(string folder, string? account, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        if (account is null)
        {
            return folder;
        }

        await GiveToAsync(folder, account, cancellationToken);
        var (exitCode, _) = await ChildProcess.RunAsync(
            new ProcessPlan("test", "-w", folder) { User = account }, cancellationToken);
        if (exitCode == 0)
        {
            return folder;
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];
        var elsewhere = Path.Combine("/var/lib/phonemasking", name);
        Directory.CreateDirectory(elsewhere);
        await GiveToAsync(elsewhere, account, cancellationToken);
        return elsewhere;
    }

    private static async Task GiveToAsync(string folder, string account, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(
            new ProcessPlan("chown", $"{account}:{account}", folder), cancellationToken);
        if (exitCode != 0)
        {
            throw new ServerNotStartedException($"The account {account} cannot be given {folder}: {output}");
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(
            new ProcessPlan(
                Path.Combine(_programs, "initdb"),
                "-D", _data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
            {
                User = _account,
            },
            cancellationToken);
        if (exitCode != 0)
        {
            throw new ServerNotStartedException($"PostgreSQL could not create its data in {_data}:\n{output}");
        }
    }

    // Callers hold the folder alone, so a server found here belongs to a run that was killed.
    private async Task ClearFormerRunAsync(CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(_data, "postmaster.pid");
        if (!File.Exists(pidFile))
        {
            return;
        }

        var firstLine = (await File.ReadAllLinesAsync(pidFile, cancellationToken)).FirstOrDefault();
        if (int.TryParse(firstLine, out var processId))
        {
            await Leftover.EndAsync(processId, _data, PosixSignal.SIGINT, cancellationToken);
        }

        File.Delete(pidFile);
    }
}
