using System.Text.RegularExpressions;
using PhoneMasking.AppHost.Local;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A service of this repository, run from what the last build left.</summary>
public sealed partial class ProjectResource : Resource, IResourceWithEndpoints
{
    private readonly BuiltProject _project;
    private readonly Dictionary<string, Func<string?>> _environment = [];
    private ServiceProcess? _process;
    private volatile string? _door;

    internal ProjectResource(string name, BuiltProject project)
        : base(name) =>
        _project = project;

    /// <inheritdoc/>
    public string Url =>
        Port is { } port
            ? $"http://127.0.0.1:{port}"
            : throw new InvalidOperationException($"{Name} has no endpoint: add WithHttpEndpoint().");

    internal int? Port { get; set; }

    internal string? HealthPath { get; set; }

    internal bool HasExternalEndpoint { get; set; }

    internal override string? Address => Port is null ? null : Url;

    internal override string? Door => _door;

    internal override bool IsExternal => HasExternalEndpoint;

    internal override Task<int> Exited => _process?.Exited ?? Never;

    internal override string Tail => _process?.Tail ?? "";

    /// <summary>Sets a variable whose value is read when the service is started.</summary>
    internal void Set(string name, Func<string?> value) => _environment[name] = value;

    internal override void Check()
    {
        _project.Check();
        if (Port is { } port && !FreePort.IsFree(port))
        {
            throw new ServerNotStartedException(
                $"Port {port}, which {Name} needs, is taken by another program. End that program and start again. "
                + $"To see which it is: ss -ltnp 'sport = :{port}'");
        }
    }

    internal override Task StartAsync(RunLog log, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["OTEL_SERVICE_NAME"] = Name,
        };
        foreach (var (name, value) in _environment)
        {
            environment[name] = value();
        }

        _process = new ServiceProcess(Name, _project.Assembly)
        {
            Address = Port is null ? null : new Uri(Url),
            HealthPath = HealthPath,
            Environment = environment,
            WorkingDirectory = _project.Folder,
            OnLine = line =>
            {
                // A service may say where people begin, for example with a link to sign in by: "Console: open http://…".
                _door = DoorLine().Match(line) is { Success: true } said ? said.Groups[1].Value : _door;
                log.Line(Name, line);
            },
        };
        return _process.StartAsync(cancellationToken);
    }

    internal override Task<bool> SettleAsync(CancellationToken cancellationToken) =>
        _process?.SettleAsync(cancellationToken) ?? Task.FromResult(true);

    [GeneratedRegex(@"^\s*\w+: open (https?://\S+)$")]
    private static partial Regex DoorLine();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}

/// <summary>A value that is given from outside, often a secret. Never printed.</summary>
public sealed class ParameterResource : Resource
{
    private readonly Func<string?> _value;

    internal ParameterResource(string name, Func<string?> value, bool secret)
        : base(name)
    {
        _value = value;
        Secret = secret;
    }

    /// <summary>Whether the value must never be shown.</summary>
    public bool Secret { get; }

    internal string Value =>
        _value() ?? throw new ServerNotStartedException(
            $"The parameter {Name} has no value: set the environment variable Parameters__{Name}.");

    internal override void Check() => _ = Value;
}
