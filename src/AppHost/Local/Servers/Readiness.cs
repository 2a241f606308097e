using System.Diagnostics;

namespace PhoneMasking.AppHost.Local;

/// <summary>Waits until something that was just started answers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(100);

    /// <summary>Probes until the probe finds nothing wrong.</summary>
    /// <param name="name">What is being waited for, for the message.</param>
    /// <param name="process">What was started: its end ends the waiting.</param>
    /// <param name="probe">Says what is wrong, or null when it is ready; answers quickly either way.</param>
    /// <param name="patience">How long to try.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServerNotStartedException">It ended, or did not get ready in time.</exception>
    public static async Task WaitAsync(
        string name,
        ChildProcess process,
        Func<CancellationToken, Task<string?>> probe,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await probe(cancellationToken) is { } wrong)
        {
            if (process.HasExited)
            {
                throw new ServerNotStartedException(
                    $"{name} ended with code {await process.Exited} before it was ready. Its last lines:\n{process.Tail}");
            }

            if (Stopwatch.GetElapsedTime(begun) > patience)
            {
                throw new ServerNotStartedException(
                    $"{name} was not ready after {patience.TotalSeconds:0} s ({wrong}). Its last lines:\n{process.Tail}");
            }

            await Task.Delay(BetweenProbes, cancellationToken);
        }
    }
}
