namespace PhoneMasking.AppHost.Tests.Running;

/// <summary>What runs on this machine (Linux).</summary>
internal static class ProcessList
{
    /// <summary>The programs that have a folder in their command line or environment, which their children inherit.</summary>
    public static List<string> Naming(string folder) =>
        Directory.GetDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), out _))
            .Where(process => Read(process, "cmdline").Contains(folder, StringComparison.Ordinal)
                || Read(process, "environ").Contains(folder, StringComparison.Ordinal))
            .Select(process => Read(process, "comm").Trim())
            .ToList();

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
