using System.Runtime.CompilerServices;
using Aspire.Hosting;

namespace PhoneMasking.TinyHost;

/// <summary>Both servers and two services.</summary>
public static class TinyTopology
{
    /// <summary>The project file of the tiny service.</summary>
    public static string Project { get; } = Path.Combine(Folder(), "TinyHost.csproj");

    /// <summary>Runs until a signal, with data below the folder; every process has the folder in its environment.</summary>
    public static void Run(string folder)
    {
        var builder = DistributedApplication.CreateBuilder([], Path.Combine(folder, "AppHost.cs"));
        var database = builder.AddPostgres("postgres").AddDatabase("tiny");
        var rabbitmq = builder.AddRabbitMQ("rabbitmq");
        var first = builder.AddProject("first", Project)
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithEnvironment("TINY_FOLDER", folder)
            .WaitFor(database)
            .WaitFor(rabbitmq);
        builder.AddProject("second", Project)
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithEnvironment("TINY_FOLDER", folder)
            .WaitFor(first);
        builder.Build().Run();
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
