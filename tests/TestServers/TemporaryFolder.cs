namespace PhoneMasking.TestServers;

/// <summary>A folder of its own for one test, deleted when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int Attempts = 20;

    /// <summary>The full path; the folder exists.</summary>
    public string Path { get; } = Create();

    /// <summary>Deletes the folder with everything in it.</summary>
    public void Dispose()
    {
        // A process that was just killed may still create files while the folder is being emptied.
        for (var attempt = 1; Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Yield();
            }
        }
    }

    // Every account may enter: PostgreSQL runs under its own when we are root.
    private static string Create()
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"phonemasking-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        return path;
    }
}
