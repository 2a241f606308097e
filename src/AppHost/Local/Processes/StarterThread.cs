using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PhoneMasking.AppHost.Local;

/// <summary>The one thread that starts all children.</summary>
/// <remarks>
/// Linux sends the parent-death signal when the <em>thread</em> that started the child ends (prctl(2),
/// PR_SET_PDEATHSIG). A thread of the pool may end at any time; this one lives as long as the process.
/// </remarks>
internal static class StarterThread
{
    private static readonly BlockingCollection<Action> Work = Begin();

    /// <summary>Runs an action on the thread and waits for it; what it throws is thrown here.</summary>
    public static void Run(Func<bool> start)
    {
        var done = new TaskCompletionSource();
        Work.Add(() =>
        {
            try
            {
                start();
                done.SetResult();
            }
            catch (System.ComponentModel.Win32Exception failure)
            {
                done.SetException(failure);
            }
        });
        try
        {
            done.Task.Wait();
        }
        catch (AggregateException failure) when (failure.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }
    }

    private static BlockingCollection<Action> Begin()
    {
        var work = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "Process starter",
        };
        thread.Start();
        return work;
    }
}
