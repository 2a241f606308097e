using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace PhoneMasking.TestServers;

/// <summary>A whole service in this process, on real servers: the same composition as in production.</summary>
/// <typeparam name="TEntryPoint">Any type of the service's assembly.</typeparam>
/// <param name="database">The service's database.</param>
/// <param name="broker">The service's virtual host.</param>
/// <param name="settings">More settings, for example <c>Numbering:DefaultRegion</c>.</param>
public sealed class ServiceHost<TEntryPoint>(
    TestDatabase database,
    TestVirtualHost broker,
    params (string Name, string Value)[] settings) : WebApplicationFactory<TEntryPoint>
    where TEntryPoint : class
{
    /// <summary>Starts the service, its migration included; returns once its queues are there and it is healthy.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ServiceHost<TEntryPoint>> StartAsync(CancellationToken cancellationToken)
    {
        using var http = CreateClient();
        await Eventually.TrueAsync(
            async () => (await http.GetFromJsonAsync<Health>("/health", cancellationToken))?.Status == "healthy",
            "a healthy service",
            cancellationToken);
        return this;
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:phonemasking", database.ConnectionString);
        builder.UseSetting("ConnectionStrings:rabbitmq", broker.ConnectionString);
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }
    }

    private sealed record Health(string Status);
}
