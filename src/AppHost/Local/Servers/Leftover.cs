using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PhoneMasking.AppHost.Local;

/// <summary>Ends a server of a former run that was killed without the chance to end it.</summary>
internal static class Leftover
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Ends the process when its command line or its environment names our folder. Any other process got the same
    /// id by chance and is left alone.
    /// </summary>
    public static async Task EndAsync(
        int processId,
        string folder,
        PosixSignal signal,
        CancellationToken cancellationToken)
    {
        try
        {
            if (!await NamesAsync(processId, folder, cancellationToken))
            {
                return;
            }

            using var process = Process.GetProcessById(processId);
            Signals.Send(processId, signal);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(Patience);
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (ArgumentException)
        {
            // It ended by itself in between.
        }
        catch (IOException)
        {
            // There is no such process.
        }
        catch (UnauthorizedAccessException)
        {
            // It is somebody else's.
        }
    }

    private static async Task<bool> NamesAsync(int processId, string folder, CancellationToken cancellationToken)
    {
        var process = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
        var facts = await File.ReadAllTextAsync($"{process}/cmdline", cancellationToken)
            + await File.ReadAllTextAsync($"{process}/environ", cancellationToken);
        return facts.Contains(folder, StringComparison.Ordinal);
    }
}
