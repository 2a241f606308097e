using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PhoneMasking.AppHost.Local;

/// <summary>A process that we started and that must not outlive us.</summary>
/// <remarks>
/// It runs in a session of its own, so that Ctrl-C in the terminal reaches only us and we decide the order of
/// ending. Where the system has <c>setpriv</c> (Linux) it gets a signal when we die without a chance to end it.
/// </remarks>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int TailLines = 40;

    private readonly Process _process;
    private readonly Action<string>? _onLine;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _tail = new();

    private ChildProcess(Process process, Action<string>? onLine)
    {
        _process = process;
        _onLine = onLine;
    }

    /// <summary>The process id; stays readable after the end.</summary>
    public int Id { get; private set; }

    /// <summary>Completes with the exit code when the process has ended, however that came about.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>The last lines that the process wrote, for error messages.</summary>
    public string Tail => string.Join('\n', _tail);

    /// <summary>Starts a process.</summary>
    /// <exception cref="Win32Exception">The program does not exist or may not be run.</exception>
    public static ChildProcess Start(ProcessPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var process = new Process { StartInfo = plan.ToStartInfo(), EnableRaisingEvents = true };
        var child = new ChildProcess(process, plan.OnLine);
        process.Exited += (_, _) => child._exited.TrySetResult(process.ExitCode);
        process.OutputDataReceived += (_, line) => child.Take(line.Data);
        process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        StarterThread.Run(process.Start);
        child.Id = process.Id;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return child;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code and what the command wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        ProcessPlan plan,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var process = new Process { StartInfo = plan.ToStartInfo() };
        StarterThread.Run(process.Start);
        try
        {
            await process.StandardInput.WriteAsync(plan.Input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code and its words say why.
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Asks the process to end, and kills it with all its children when it has not after a while.</summary>
    /// <param name="signal">What to ask with.</param>
    /// <param name="patience">How long to wait before killing.</param>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> EndAsync(PosixSignal signal, TimeSpan patience)
    {
        if (HasExited)
        {
            return true;
        }

        Signals.Send(Id, signal);
        var ended = await Task.WhenAny(Exited, Task.Delay(patience)) == Exited;
        await KillAsync();
        return ended;
    }

    /// <summary>Kills the process and all its children with SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        KillNow();
        await Exited;
    }

    /// <summary>Kills without waiting: for the last moment of our own process.</summary>
    public void KillNow()
    {
        if (HasExited)
        {
            return;
        }

        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended between the check and the kill.
        }
        catch (AggregateException)
        {
            // A child of the tree ended while the tree was being walked.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _tail.Enqueue(line);
        while (_tail.Count > TailLines)
        {
            _tail.TryDequeue(out _);
        }

        _onLine?.Invoke(line);
    }
}
