using System.Runtime.InteropServices;

namespace PhoneMasking.AppHost.Local;

/// <summary>POSIX signals to one process; .NET can receive them but not send them.</summary>
internal static class Signals
{
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Terminate = 15;

    /// <summary>Sends SIGINT, SIGQUIT or SIGTERM; a process that is gone is no error.</summary>
    public static void Send(int processId, PosixSignal signal) =>
        _ = kill(processId, signal switch
        {
            PosixSignal.SIGINT => Interrupt,
            PosixSignal.SIGQUIT => Quit,
            PosixSignal.SIGTERM => Terminate,
            _ => throw new ArgumentOutOfRangeException(nameof(signal)),
        });

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable IDE1006 // The name is the C library's.
    private static extern int kill(int processId, int signal);
#pragma warning restore IDE1006
}
