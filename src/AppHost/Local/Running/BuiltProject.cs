namespace PhoneMasking.AppHost.Local;

/// <summary>Where the build put a project of this repository.</summary>
/// <param name="projectFile">The csproj; the assembly is named <c>PhoneMasking.&lt;file name&gt;</c>.</param>
public sealed class BuiltProject(string projectFile)
{
    private readonly string _projectFile = Path.GetFullPath(projectFile);

    /// <summary>The project's folder, from which a service in development reads its files.</summary>
    public string Folder => Path.GetDirectoryName(_projectFile)!;

    /// <summary>The built assembly, of the same configuration as the program that asks.</summary>
    public string Assembly
    {
        get
        {
            var name = Path.GetFileNameWithoutExtension(_projectFile);
            var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(
                Root(Folder), "artifacts", "bin", name, configuration, $"PhoneMasking.{name}.dll");
        }
    }

    /// <summary>Makes sure that the project exists and was built.</summary>
    /// <exception cref="ServerNotStartedException">It does not, or was not; the message says what to do.</exception>
    public void Check()
    {
        if (!File.Exists(_projectFile))
        {
            throw new ServerNotStartedException($"There is no project {_projectFile}.");
        }

        if (!File.Exists(Assembly))
        {
            throw new ServerNotStartedException($"{_projectFile} has not been built: run dotnet build first.");
        }
    }

    /// <summary>The folder above with Directory.Build.props: artifacts go below it (UseArtifactsOutput).</summary>
    internal static string Root(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "Directory.Build.props")))
            {
                return parent.FullName;
            }
        }

        return folder;
    }
}
