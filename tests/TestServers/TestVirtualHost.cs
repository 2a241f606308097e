using PhoneMasking.AppHost.Local;

namespace PhoneMasking.TestServers;

/// <summary>An empty RabbitMQ virtual host for one test or test class.</summary>
public sealed class TestVirtualHost : IAsyncDisposable
{
    private readonly RabbitMqAdmin _admin;

    private TestVirtualHost(RabbitMqAdmin admin, string name, Uri uri)
    {
        _admin = admin;
        Name = name;
        Uri = uri;
    }

    /// <summary>The virtual host's name, unique.</summary>
    public string Name { get; }

    /// <summary>AMQP URI with account and virtual host.</summary>
    public Uri Uri { get; }

    /// <summary>The same as text, for <c>ConnectionStrings__rabbitmq</c>.</summary>
    public string ConnectionString => Uri.ToString();

    /// <summary>Deletes the virtual host; the broker closes whatever connections are left.</summary>
    public ValueTask DisposeAsync() => new(_admin.DeleteVirtualHostAsync(Name, CancellationToken.None));

    internal static async Task<TestVirtualHost> CreateAsync(
        Uri broker,
        RabbitMqAdmin admin,
        CancellationToken cancellationToken)
    {
        var name = $"test-{Guid.CreateVersion7():N}";
        await admin.CreateVirtualHostAsync(name, cancellationToken);
        return new TestVirtualHost(admin, name, new Uri(broker, name));
    }
}
