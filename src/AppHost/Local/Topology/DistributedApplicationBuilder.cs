using PhoneMasking.AppHost.Local;

namespace Aspire.Hosting;

/// <summary>Collects what a distributed application consists of.</summary>
public sealed class DistributedApplicationBuilder
{
    private const string DataFolderVariable = "Run__DataFolder";

    private readonly List<Resource> _resources = [];

    internal DistributedApplicationBuilder(string appHostDirectory)
    {
        AppHostDirectory = appHostDirectory;
        DataFolder = Environment.GetEnvironmentVariable(DataFolderVariable) is { Length: > 0 } given
            ? Path.GetFullPath(given)
            : Path.Combine(BuiltProject.Root(appHostDirectory), ".data");
    }

    /// <summary>The folder of the file that describes the topology.</summary>
    public string AppHostDirectory { get; }

    /// <summary>
    /// Where servers keep their data: the folder in <c>Run__DataFolder</c>. Default: <c>.data</c> at the root of the repository.
    /// </summary>
    internal string DataFolder { get; set; }

    /// <summary>Where log lines and the table of addresses go.</summary>
    internal TextWriter Output { get; set; } = Console.Out;

    /// <summary>Ends the collecting.</summary>
    public DistributedApplication Build() => new(ToRun());

    internal LocalRun ToRun() => new(_resources, DataFolder, new RunLog(Output));

    internal IResourceBuilder<T> Add<T>(T resource)
        where T : Resource
    {
        if (_resources.Any(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException($"There are two resources named {resource.Name}.");
        }

        _resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }
}
