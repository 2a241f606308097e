using System.Net.Http.Json;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CapturedLog _said = new();

    private bool _started;

    /// <summary>Takes the clock's place; none keeps the system's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Gets everything that is logged, beside the console.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Starts the service, its migration included; returns once its queues are there and it is healthy.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ServiceHost<TEntryPoint>> StartAsync(CancellationToken cancellationToken)
    {
        using var http = Start();
        _started = true;
        await Eventually.TrueAsync(
            async () => (await http.GetFromJsonAsync<Health>("/health", cancellationToken))?.Status == "healthy",
            "a healthy service",
            cancellationToken);
        return this;
    }

    /// <summary>Stops the service in good order: what it is working on ends, the rest goes back to its queues.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await StopAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
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

        if (Clock is { } clock)
        {
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
        }

        builder.ConfigureTestServices(services => services.AddSingleton<ILoggerProvider>(_said));
        if (Log is { } log)
        {
            builder.ConfigureTestServices(services => services.AddSingleton(log));
        }
    }

    private HttpClient Start()
    {
        try
        {
            return CreateClient();
        }
        catch (ObjectDisposedException) when (_said.Entries.LastOrDefault(line => line.Failure is not null) is { } last)
        {
            // Now and then a service that refuses to start has gone before the factory gets to it; its log says why.
            ExceptionDispatchInfo.Throw(last.Failure!);
            throw;
        }
    }

    private async Task StopAsync()
    {
        // The factory alone would stop the host a second time beside the first, and dispose it under its consumers.
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopped.Register(stopped.SetResult);
        lifetime.StopApplication();
        await stopped.Task.WaitAsync(Patience);
    }

    private sealed record Health(string Status);
}
