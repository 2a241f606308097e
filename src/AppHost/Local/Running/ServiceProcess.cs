using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PhoneMasking.AppHost.Local;

/// <summary>A built service as a child process: started until healthy, stopped, killed, started again.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="assembly">The built assembly; see <see cref="BuiltProject"/>.</param>
public sealed class ServiceProcess(string name, string assembly) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(60);

    // Each of them is a warning in the log of a service that is degraded.
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(5);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = ProbePatience };

    private ChildProcess? _process;

    /// <summary>Where it listens; null when it does not.</summary>
    public Uri? Address { get; init; }

    /// <summary>The path that answers 200 when it is ready; null: ready when its port accepts connections.</summary>
    public string? HealthPath { get; init; }

    /// <summary>Variables on top of our own environment. ASPNETCORE_URLS follows from <see cref="Address"/>.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it runs, and reads its appsettings.json. Default: the assembly's folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Receives each line that it writes, on any thread.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>The process id while it runs, else 0.</summary>
    public int ProcessId => _process is { HasExited: false } ? _process.Id : 0;

    /// <summary>Completes with the exit code when the process of the last start has ended for whatever reason.</summary>
    public Task<int> Exited => _process?.Exited ?? Task.FromResult(0);

    /// <summary>The last lines that it wrote.</summary>
    public string Tail => _process?.Tail ?? "";

    /// <summary>Starts the service; returns when it is healthy.</summary>
    /// <exception cref="ServerNotStartedException">It ended, or was not healthy in time; the message says why.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ProcessId != 0)
        {
            return;
        }

        var environment = new Dictionary<string, string?>();
        if (Address is not null)
        {
            environment["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority);
        }

        foreach (var (variable, value) in Environment)
        {
            environment[variable] = value;
        }

        _process = ChildProcess.Start(new ProcessPlan(DotNet(), assembly)
        {
            Environment = environment,
            WorkingDirectory = WorkingDirectory ?? Path.GetDirectoryName(assembly)!,
            OnLine = OnLine,
        });
        if (Address is not null)
        {
            await Readiness.WaitAsync(name, _process, WhatIsWrongAsync, StartPatience, cancellationToken);
        }
    }

    /// <summary>
    /// Waits until the service does all that it is for: one that is degraded, as our own say with 200, does not yet. The rest
    /// of the world may be needed for it, so nothing that it needs may wait for this.
    /// </summary>
    /// <returns>Whether it does by now; if not, it has been waited for long enough.</returns>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (HealthPath is not null && Address is not null && await IsDegradedAsync(cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(begun) > SettlePatience)
            {
                return false;
            }

            await Task.Delay(BetweenProbes, cancellationToken);
        }

        return true;
    }

    /// <summary>Stops the service in good order, killing it when it takes longer than 20 s.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.EndAsync(PosixSignal.SIGTERM, StopPatience);
        }
    }

    /// <summary>Kills the service with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    // The one that runs us: another dotnet on the path may lack the runtime.
    private static string DotNet() =>
        System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
            ? host
            : InstalledPrograms.Find("dotnet", System.Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "") ?? "dotnet";

    private async Task<bool> IsDegradedAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address!, HealthPath), cancellationToken);
            var health = await answer.Content.ReadAsStringAsync(cancellationToken);
            return !answer.IsSuccessStatusCode || health.StartsWith("{\"status\":\"degraded\"", StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task<string?> WhatIsWrongAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (HealthPath is null)
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Address!.Host, Address.Port, cancellationToken);
                return null;
            }

            using var answer = await Http.GetAsync(new Uri(Address!, HealthPath), cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"{HealthPath} answered {(int)answer.StatusCode}";
        }
        catch (SocketException failure)
        {
            return failure.Message;
        }
        catch (HttpRequestException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {ProbePatience.TotalSeconds:0} s";
        }
    }
}
