using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.Benchmarks.Machine;
using PhoneMasking.TestServers;

namespace PhoneMasking.Benchmarks.Product;

/// <summary>PostgreSQL, RabbitMQ and the services as processes of their own, as in production.</summary>
internal sealed class RunningProduct : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PrivatePostgres _postgres;
    private readonly Dictionary<string, ChildProcess> _services = [];

    public RunningProduct()
    {
        _postgres = new PrivatePostgres(Path.Combine(_folder.Path, "postgres"));
        RabbitMq = new PrivateRabbitMq(Path.Combine(_folder.Path, "rabbitmq"));
    }

    public PrivateRabbitMq RabbitMq { get; }

    public string Database => _postgres.ConnectionString("phonemasking");

    public int GatewayPort { get; } = FreePort.Next();

    public string GatewayHost => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{GatewayPort}");

    public IPEndPoint Gateway => new(IPAddress.Loopback, GatewayPort);

    public async Task StartServersAsync()
    {
        await Task.WhenAll(_postgres.StartAsync(), RabbitMq.StartAsync());
        await using var server = NpgsqlDataSource.Create(_postgres.ConnectionString());
        await using var create = server.CreateCommand("CREATE DATABASE phonemasking");
        await create.ExecuteNonQueryAsync();
    }

    public async Task StartServicesAsync(Uri provider)
    {
        var account = new Dictionary<string, string?>
        {
            ["Twilio__AccountSid"] = Traffic.AccountSid,
            ["Twilio__AuthToken"] = Traffic.AuthToken,
            ["Twilio__ApiBaseUrl"] = provider.GetLeftPart(UriPartial.Authority),
            ["Twilio__PublicBaseUrl"] = $"http://{GatewayHost}",
        };
        await StartAsync("AlertService", FreePort.Next(), []);
        await StartAsync("NumberService", FreePort.Next(), new(account) { ["Numbers__Verification"] = "Off" });
        await StartAsync("SyncService", FreePort.Next(), []);
        await StartAsync("ProxyGateway", GatewayPort, account);
    }

    /// <summary>Resident memory of each service, in megabytes.</summary>
    public IReadOnlyDictionary<string, double> MemoryMegabytes() => _services.ToDictionary(
        service => service.Key,
        service => File.ReadLines($"/proc/{service.Value.Id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture) / 1024)
            .Single());

    /// <summary>Processor time of each part so far.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ProcessorTimes()
    {
        var times = _services.ToDictionary(service => service.Key, service => ProcessorTime.Of(service.Value.Id));
        times["PostgreSQL"] = ProcessorTime.Of(_postgres.ProcessId);
        times["RabbitMQ"] = ProcessorTime.Of(RabbitMq.ProcessId);
        times["load and provider"] = ProcessorTime.Of(Environment.ProcessId) - times.Values.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.Values.Reverse())
        {
            await service.EndAsync(PosixSignal.SIGTERM, TimeSpan.FromSeconds(20));
            await service.DisposeAsync();
        }

        await RabbitMq.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PhoneMasking.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private async Task StartAsync(string name, int port, Dictionary<string, string?> settings)
    {
        var project = new BuiltProject(Path.Combine(Root(), "src", name, $"{name}.csproj"));
        project.Check();
        settings["ConnectionStrings__phonemasking"] = Database;
        settings["ConnectionStrings__rabbitmq"] = RabbitMq.ConnectionString();
        settings["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        settings["ASPNETCORE_ENVIRONMENT"] = "Production";

        // As deployments do, and as every start but the first finds it.
        await using (var migration = ChildProcess.Start(new ProcessPlan("dotnet", project.Assembly, "migrate")
        {
            Environment = settings,
            WorkingDirectory = project.Folder,
        }))
        {
            await migration.Exited;
        }

        var log = Environment.GetEnvironmentVariable("BENCHMARK_LOG") is not null;
        var service = ChildProcess.Start(new ProcessPlan("dotnet", project.Assembly)
        {
            Environment = settings,
            WorkingDirectory = project.Folder,
            OnLine = line =>
            {
                if (log)
                {
                    Console.Error.WriteLine($"{name}: {line}");
                }
            },
        });
        _services.Add(name, service);
        using var client = new HttpClient();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health"));
                if ((await answer.Content.ReadAsStringAsync()).Contains("\"status\":\"healthy\"", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!service.HasExited)
            {
                // Not listening yet.
            }

            if (service.HasExited || attempt > 300)
            {
                throw new InvalidOperationException($"{name} did not start: {service.Tail}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }
}
