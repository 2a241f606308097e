using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PhoneMasking.AppHost.Local;

/// <summary>Starts a topology in the order of its dependencies, watches it, and ends it in reverse order.</summary>
internal sealed class LocalRun(IReadOnlyList<Resource> resources, string dataFolder, RunLog log)
{
    private readonly Dictionary<Resource, TaskCompletionSource> _ready =
        resources.ToDictionary(r => r, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private readonly Dictionary<Resource, Task> _stopped = [];

    /// <summary>Completes when every part is ready.</summary>
    public Task Ready => Task.WhenAll(_ready.Values.Select(r => r.Task));

    /// <summary>Runs until SIGINT, SIGTERM or SIGHUP.</summary>
    public async Task<int> UntilSignalAsync()
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        return await RunAsync(stop.Token);

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Runs until cancelled or until a part fails.</summary>
    /// <returns>The exit code: 0 when it was ended from outside, 1 when something failed.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        log.Align(resources.Select(r => r.Name));
        try
        {
            using var alone = Alone();
            foreach (var resource in resources)
            {
                resource.Check();
            }

            await LiveAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (ServerNotStartedException failure)
        {
            log.Say($"\nNot running: {failure.Message}");
        }
        catch (Win32Exception failure)
        {
            log.Say($"\nNot running: a program could not be started: {failure.Message}");
        }

        return 1;
    }

    // Two runs on the same data would end each other's servers.
    private FileStream Alone()
    {
        Directory.CreateDirectory(dataFolder);
        try
        {
            return new FileStream(
                Path.Combine(dataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new ServerNotStartedException($"Another run uses the data in {dataFolder}: end that one first.");
        }
    }

    private async Task LiveAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var begun = Stopwatch.GetTimestamp();
        var lives = resources.Select(r => LiveAsync(r, end.Token)).ToList();
        var announced = AnnounceAsync(begun, end.Token);
        try
        {
            // A life ends only by a failure or from outside, so the first to end is the cause of all others' end.
            await await Task.WhenAny(lives);
        }
        finally
        {
            await end.CancelAsync();
            log.Say("Ending …");
            await Task.WhenAll(lives.Append(announced)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(resources.Select(StoppedAsync));
            log.Say("Everything has ended.");
        }
    }

    private async Task AnnounceAsync(long begun, CancellationToken end)
    {
        await Ready.WaitAsync(end);
        foreach (var resource in resources)
        {
            if (!await resource.SettleAsync(end))
            {
                log.Say($"\n{resource.Name} is still degraded: {resource.Address}/health says why.");
            }
        }

        log.Addresses(resources, Stopwatch.GetElapsedTime(begun));
    }

    private async Task LiveAsync(Resource resource, CancellationToken end)
    {
        await Task.WhenAll(resource.Dependencies.Select(d => _ready[d].Task)).WaitAsync(end);
        await resource.StartAsync(log, end);
        _ready[resource].SetResult();
        var exitCode = await resource.Exited.WaitAsync(end);
        throw new ServerNotStartedException(
            $"{resource.Name} ended unexpectedly with code {exitCode}. Its last lines:\n{resource.Tail}");
    }

    private Task StoppedAsync(Resource resource)
    {
        if (!_stopped.TryGetValue(resource, out var task))
        {
            task = StopAsync(resource);
            _stopped.Add(resource, task);
        }

        return task;
    }

    private async Task StopAsync(Resource resource)
    {
        await Task.WhenAll(resources.Where(r => r.Dependencies.Contains(resource)).Select(StoppedAsync));
        await resource.DisposeAsync();
    }
}
