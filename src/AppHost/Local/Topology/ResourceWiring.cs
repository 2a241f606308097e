using PhoneMasking.AppHost.Local;

namespace Aspire.Hosting;

/// <summary>How the parts of a topology are wired, with the names and parameters that Aspire gives these methods.</summary>
public static class ResourceWiring
{
    /// <summary>Gives the service <c>ConnectionStrings__&lt;name&gt;</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithReference(
        this IResourceBuilder<ProjectResource> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null) =>
        builder.WithVariable(
            $"ConnectionStrings__{connectionName ?? source.Resource.Name}", () => source.Resource.ConnectionString);

    /// <summary>Gives the service the address of another: <c>services__&lt;name&gt;__http__0</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithReference(
        this IResourceBuilder<ProjectResource> builder,
        IResourceBuilder<IResourceWithEndpoints> source) =>
        builder.WithVariable($"services__{source.Resource.Name}__http__0", () => source.Resource.Url);

    /// <summary>Starts the service when something else is ready, and ends it before that.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : Resource
    {
        builder.Resource.Dependencies.Add((Resource)dependency.Resource);
        return builder;
    }

    /// <summary>Sets a variable of the service.</summary>
    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> builder,
        string name,
        string? value) =>
        builder.WithVariable(name, () => value);

    /// <summary>Sets a variable of the service to a parameter's value.</summary>
    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> builder,
        string name,
        IResourceBuilder<ParameterResource> parameter) =>
        builder.WithVariable(name, () => parameter.Resource.Value);

    /// <summary>Lets the service listen on loopback: on this port, or on a free one.</summary>
    public static IResourceBuilder<ProjectResource> WithHttpEndpoint(
        this IResourceBuilder<ProjectResource> builder,
        int? port = null)
    {
        builder.Resource.Port = port ?? FreePort.Next();
        return builder.WithVariable("ASPNETCORE_URLS", () => builder.Resource.Url);
    }

    /// <summary>Marks the service as one that people open; the address is shown so.</summary>
    public static IResourceBuilder<ProjectResource> WithExternalHttpEndpoints(
        this IResourceBuilder<ProjectResource> builder)
    {
        builder.Resource.HasExternalEndpoint = true;
        return builder;
    }

    /// <summary>Says when the service is ready: when this path answers 200.</summary>
    public static IResourceBuilder<ProjectResource> WithHttpHealthCheck(
        this IResourceBuilder<ProjectResource> builder,
        string? path = null)
    {
        _ = builder.Resource.Url;
        builder.Resource.HealthPath = path ?? "/";
        return builder;
    }

    private static IResourceBuilder<ProjectResource> WithVariable(
        this IResourceBuilder<ProjectResource> builder,
        string name,
        Func<string?> value)
    {
        builder.Resource.Set(name, value);
        return builder;
    }
}
