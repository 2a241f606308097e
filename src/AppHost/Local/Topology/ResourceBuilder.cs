namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is being described. Covariant, so a method may ask for any resource of some kind.</summary>
/// <typeparam name="T">The resource's kind.</typeparam>
public interface IResourceBuilder<out T>
{
    /// <summary>The topology that it belongs to.</summary>
    DistributedApplicationBuilder ApplicationBuilder { get; }

    /// <summary>What is being described.</summary>
    T Resource { get; }
}

/// <summary>Something with a name in the topology.</summary>
public interface IResource
{
    /// <summary>The name: letters and digits.</summary>
    string Name { get; }
}

/// <summary>A resource that services reach by a connection string.</summary>
public interface IResourceWithConnectionString : IResource
{
    /// <summary>The connection string; known before the start.</summary>
    string ConnectionString { get; }
}

/// <summary>A resource that is reached over HTTP.</summary>
public interface IResourceWithEndpoints : IResource
{
    /// <summary>Scheme, host and port.</summary>
    /// <exception cref="InvalidOperationException">It was given no endpoint.</exception>
    string Url { get; }
}

internal sealed record ResourceBuilder<T>(DistributedApplicationBuilder ApplicationBuilder, T Resource)
    : IResourceBuilder<T>
    where T : Resource;
