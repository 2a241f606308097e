using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PhoneMasking.AppHost.Local;

/// <summary>A RabbitMQ node's folder, settings and programs.</summary>
internal sealed class RabbitMqNode
{
    /// <summary>The node's name. The data folder follows it, so it never changes.</summary>
    public const string Name = "phonemasking@localhost";

    private readonly string _folder;
    private readonly Dictionary<string, string?> _environment;

    private RabbitMqNode(string folder, Dictionary<string, string?> environment)
    {
        _folder = folder;
        _environment = environment;
    }

    private static string EnvironmentFile(string folder) => Path.Combine(folder, "node.env");

    private static string PidFile(string folder) => Path.Combine(folder, "node.pid");

    /// <summary>Prepares the folder for a start on these ports, and clears away a former run.</summary>
    public static async Task<RabbitMqNode> OpenAsync(string folder, int port, CancellationToken cancellationToken)
    {
        foreach (var part in new[] { "mnesia", "log" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        await WriteCookieAsync(folder, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), "[].\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq-env.conf"), "", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), "", cancellationToken);
        if (File.Exists(PidFile(folder))
            && int.TryParse(await File.ReadAllTextAsync(PidFile(folder), cancellationToken), out var processId))
        {
            await Leftover.EndAsync(processId, folder, PosixSignal.SIGTERM, cancellationToken);
        }

        var environment = NodeEnvironment(folder, port);
        await File.WriteAllLinesAsync(
            EnvironmentFile(folder), environment.Select(e => $"{e.Key}={e.Value}"), cancellationToken);
        return new RabbitMqNode(folder, environment);
    }

    /// <summary>The node that another process started in this folder.</summary>
    public static async Task<RabbitMqNode> AttachAsync(string folder, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(EnvironmentFile(folder), cancellationToken);
        return new RabbitMqNode(folder, lines.Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => (string?)p[1]));
    }

    /// <summary>Erlang's name server on a port of our own: the broker would start one that outlives everybody.</summary>
    public ProcessPlan NameServerPlan() =>
        new(
            Installed("epmd"),
            "-address", "127.0.0.1", "-port", _environment["ERL_EPMD_PORT"]!, "-relaxed_command_check")
        {
            Environment = _environment,
            DeathSignal = "KILL",
        };

    /// <summary>How to run the broker in the foreground.</summary>
    public ProcessPlan ServerPlan() => new(Installed("rabbitmq-server")) { Environment = _environment };

    /// <summary>Notes who runs the broker, so that the next start can end it if we cannot.</summary>
    public Task RememberAsync(int processId, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(
            PidFile(_folder), processId.ToString(CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>How to call a function in the running node, as Erlang text; null when <c>erl_call</c> is missing.</summary>
    public async Task<ProcessPlan?> CallPlanAsync(string erlang, CancellationToken cancellationToken)
    {
        if (InstalledPrograms.Find("erl_call") is not { } program)
        {
            return null;
        }

        var cookie = await File.ReadAllTextAsync(CookieFile(_folder), cancellationToken);

        // Calls without a name of their own all take the same one (even -r is not random enough for calls at one time), and the
        // node refuses a second of a name while the first is connected.
        var caller = $"call{Guid.CreateVersion7():N}";
        return new ProcessPlan(program, "-h", caller, "-c", cookie, "-n", Name, "-e")
        {
            Environment = _environment,
            Input = erlang + "\n",
        };
    }

    /// <summary>How to run a command of <c>rabbitmqctl</c>.</summary>
    public ProcessPlan ControlPlan(params IReadOnlyList<string> arguments) =>
        new(Installed("rabbitmqctl"), [.. arguments]) { Environment = _environment };

    private static string CookieFile(string folder) => Path.Combine(folder, ".erlang.cookie");

    private static async Task WriteCookieAsync(string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(CookieFile(folder)))
        {
            return;
        }

        await File.WriteAllTextAsync(
            CookieFile(folder), RandomNumberGenerator.GetHexString(32), cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            // Erlang refuses a cookie that others may read.
            File.SetUnixFileMode(CookieFile(folder), UnixFileMode.UserRead);
        }
    }

    private static Dictionary<string, string?> NodeEnvironment(string folder, int port)
    {
        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            ["HOME"] = folder,
            ["ERL_EPMD_PORT"] = Number(FreePort.Next()),
            ["RABBITMQ_NODENAME"] = Name,
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Number(port),
            ["RABBITMQ_DIST_PORT"] = Number(FreePort.Next()),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "rabbitmq-env.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            // Makes the start script replace itself by the broker, which then gets our signals.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
            // Erlang's schedulers otherwise spin for work, which costs the other processes of a small machine.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
        };
    }

    // The scripts in Debian's /usr/sbin insist on the account rabbitmq; the ones they wrap do not.
    private static string Installed(string program) =>
        InstalledPrograms.Find(program, "/usr/lib/rabbitmq/bin")
            ?? throw new ServerNotStartedException(
                $"RabbitMQ's {program} is not installed. Install it (Debian, Ubuntu: apt-get install rabbitmq-server), "
                + "or name a server in ConnectionStrings__rabbitmq.");
}
