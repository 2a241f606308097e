using PhoneMasking.AppHost.Local;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Part of the topology that is started, watched and stopped.</summary>
/// <param name="name">Its name: letters and digits.</param>
public abstract class Resource(string name) : IResource, IAsyncDisposable
{
    private protected static readonly Task<int> Never = new TaskCompletionSource<int>().Task;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>What must be ready before this is started, and is stopped after it.</summary>
    internal HashSet<Resource> Dependencies { get; } = [];

    /// <summary>What to show people, or null when there is nothing to show.</summary>
    internal virtual string? Address => null;

    /// <summary>Where people begin, when that is not <see cref="Address"/>.</summary>
    internal virtual string? Door => null;

    /// <summary>Whether people outside the machine are meant to reach it.</summary>
    internal virtual bool IsExternal => false;

    /// <summary>Completes with the exit code when a running part has ended, also when nobody asked it to.</summary>
    internal virtual Task<int> Exited => Never;

    /// <summary>The last lines that it wrote.</summary>
    internal virtual string Tail => "";

    /// <summary>Makes sure it can be started at all, before anything is.</summary>
    internal virtual void Check()
    {
    }

    /// <summary>Starts it; completes when it is ready.</summary>
    internal virtual Task StartAsync(RunLog log, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until it does all that it is for, which may need those that were started after it.</summary>
    /// <returns>Whether it does by now; if not, it has been waited for long enough.</returns>
    internal virtual Task<bool> SettleAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Stops it in good order; also called when the start failed half-way.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static string? Given(string name) =>
        Environment.GetEnvironmentVariable($"ConnectionStrings__{name}") is { Length: > 0 } value ? value : null;
}
