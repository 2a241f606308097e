namespace PhoneMasking.AppHost.Local;

/// <summary>Finds programs that the system's packages installed.</summary>
internal static class InstalledPrograms
{
    // Not on every account's path, but where packages put servers and their tools.
    private static readonly string[] MoreFolders =
        ["/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin", "/opt/homebrew/bin"];

    private static readonly string[] PostgresParents =
        ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

    /// <summary>Returns the full path of a program, or null when it is not installed.</summary>
    public static string? Find(string name, params IEnumerable<string> firstIn) =>
        firstIn
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Concat(MoreFolders)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>The folders of PostgreSQL's own programs, the newest version first.</summary>
    public static IEnumerable<string> PostgresFolders() =>
        PostgresParents
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .OrderByDescending(folder => PostgresVersion(folder))
            .Select(folder => Path.Combine(folder, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>The version in a folder's name: 15 of <c>/usr/lib/postgresql/15</c>; 0 when there is none.</summary>
    public static int PostgresVersion(string folder) =>
        int.TryParse(Path.GetFileName(folder).Replace("postgresql@", "", StringComparison.Ordinal), out var version)
            ? version
            : 0;
}
