using PhoneMasking.AppHost.Local;

namespace Aspire.Hosting;

/// <summary>What a topology can consist of, with the names and parameters that Aspire gives these methods.</summary>
public static class ResourceAdditions
{
    /// <summary>
    /// Adds a PostgreSQL server: the one that <c>ConnectionStrings__&lt;name&gt;</c> names, else the installed one with
    /// its data in <c>.data/&lt;name&gt;</c>.
    /// </summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this DistributedApplicationBuilder builder,
        string name) =>
        builder.Add(new PostgresServerResource(name, builder.DataFolder));

    /// <summary>
    /// Adds a database: the one that <c>ConnectionStrings__&lt;name&gt;</c> names, else one on the server, created when
    /// it is missing.
    /// </summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder,
        string name,
        string? databaseName = null) =>
        builder.ApplicationBuilder.Add(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));

    /// <summary>
    /// Adds a RabbitMQ broker: the one that <c>ConnectionStrings__&lt;name&gt;</c> names, else the installed one with
    /// its data in <c>.data/&lt;name&gt;</c>.
    /// </summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this DistributedApplicationBuilder builder,
        string name) =>
        builder.Add(new RabbitMQServerResource(name, builder.DataFolder));

    /// <summary>Adds a service by its project file, relative to the folder of AppHost.cs. It must have been built.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this DistributedApplicationBuilder builder,
        string name,
        string projectPath) =>
        builder.Add(new ProjectResource(name, new BuiltProject(Path.Combine(builder.AppHostDirectory, projectPath))));

    /// <summary>Adds a value that comes from <c>Parameters__&lt;name&gt;</c> in the environment.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this DistributedApplicationBuilder builder,
        string name,
        bool secret = false) =>
        builder.Add(new ParameterResource(
            name, () => Environment.GetEnvironmentVariable($"Parameters__{name}"), secret));

    /// <summary>Adds a value that is computed; <c>Parameters__&lt;name&gt;</c> goes before it.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this DistributedApplicationBuilder builder,
        string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false) =>
        builder.Add(new ParameterResource(
            name, () => Environment.GetEnvironmentVariable($"Parameters__{name}") ?? valueGetter(), secret));

    /// <summary>Does nothing here: it only takes part in publishing with Aspire.</summary>
    public static void AddDockerComposeEnvironment(this DistributedApplicationBuilder builder, string name)
    {
    }
}
