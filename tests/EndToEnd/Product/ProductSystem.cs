using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>
/// The whole product as it runs in production, each part a process of its own: PostgreSQL, RabbitMQ, two gateways behind a
/// load balancer, the other services, and the simulator in Twilio's place. Tests may break parts, and mend them again.
/// </summary>
public sealed class ProductSystem : IAsyncLifetime
{
    /// <summary>The account at the simulator.</summary>
    internal const string AccountSid = "AC00000000000000000000000000000001";

    /// <summary>Its token; in no output of any process.</summary>
    internal const string AuthToken = "canary-auth-token";

    private const string DatabaseName = "phonemasking";

    private readonly TemporaryFolder _postgresFolder = new();
    private readonly TemporaryFolder _rabbitMqFolder = new();
    private readonly LoadBalancer _loadBalancer = new();
    private readonly List<ServiceProcess> _processes;

    public ProductSystem()
    {
        Postgres = new PrivatePostgres(_postgresFolder.Path);
        RabbitMq = new PrivateRabbitMq(_rabbitMqFolder.Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Postgres.KillNow();
            RabbitMq.KillNow();
        };
        Database = NpgsqlDataSource.Create(
            $"{Postgres.ConnectionString(DatabaseName)};Maximum Pool Size=10;Application Name=end-to-end");
        var simulator = LocalAddress();
        Simulator = new SimulatorControl(simulator);
        Gateways = [Gateway("gateway-a", simulator), Gateway("gateway-b", simulator)];
        _loadBalancer.Serve([.. Gateways.Select(gateway => gateway.Address!)]);
        Services =
        [
            Service("alerts", "AlertService", LocalAddress(), [.. ServiceSettings.AlertService(Origin(simulator))]),
            Service("numbers", "NumberService", LocalAddress(), [.. Account(simulator), .. ServiceSettings.NumberService]),
            Service("sync", "SyncService", LocalAddress(), []),
        ];
        _processes = [Service("simulator", "Simulator", simulator, SimulatorSettings()), .. Services, .. Gateways];
        Town = new Town(this);
    }

    /// <summary>Where the product is reached from outside; what webhooks are signed for.</summary>
    public Uri PublicUrl => _loadBalancer.Address;

    public PrivatePostgres Postgres { get; }

    public PrivateRabbitMq RabbitMq { get; }

    /// <summary>Both instances of the gateway.</summary>
    public IReadOnlyList<ServiceProcess> Gateways { get; }

    /// <summary>The services behind the bus: audit log, numbers, clients.</summary>
    public IReadOnlyList<ServiceProcess> Services { get; }

    /// <summary>The first instance of NumberService, one of <see cref="Services"/>.</summary>
    internal ServiceProcess Numbers => Services[1];

    internal NpgsqlDataSource Database { get; }

    internal SimulatorControl Simulator { get; }

    internal Town Town { get; }

    internal ProductOutput Output { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Postgres.StartAsync(), RabbitMq.StartAsync());
        await using (var connection = new NpgsqlConnection($"{Postgres.ConnectionString()};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE DATABASE {DatabaseName}", connection);
            await create.ExecuteNonQueryAsync();
        }

        await Task.WhenAll(_processes.Select(service => service.StartAsync(CancellationToken.None)));
        await Town.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(service => service.DisposeAsync().AsTask()));
        await _loadBalancer.DisposeAsync();
        await Database.DisposeAsync();
        await Task.WhenAll(Postgres.DisposeAsync().AsTask(), RabbitMq.DisposeAsync().AsTask());
        Simulator.Dispose();
        _postgresFolder.Dispose();
        _rabbitMqFolder.Dispose();
    }

    /// <summary>One more instance of each service, not started, whose settings differ; the gateway first.</summary>
    internal IReadOnlyList<ServiceProcess> More(string suffix, params (string Name, string Value)[] settings) =>
    [
        Gateway($"gateway-{suffix}", Simulator.Address, settings),
        Service(
            $"alerts-{suffix}",
            "AlertService",
            LocalAddress(),
            [.. ServiceSettings.AlertService(Origin(Simulator.Address)), .. settings]),
        MoreNumbers(suffix, settings),
        Service($"sync-{suffix}", "SyncService", LocalAddress(), [.. settings]),
    ];

    /// <summary>One more instance of NumberService, not started, whose settings differ.</summary>
    internal ServiceProcess MoreNumbers(string suffix, params (string Name, string Value)[] settings) => Service(
        $"numbers-{suffix}",
        "NumberService",
        LocalAddress(),
        [.. Account(Simulator.Address), .. ServiceSettings.NumberService, .. settings]);

    /// <summary>The owner's console, not started: only few tests look at it.</summary>
    internal ServiceProcess Console(string name = "console", params (string Name, string Value)[] settings) => Service(
        name, "OpsConsole", LocalAddress(), [("Console__AnswerTimeout", "00:00:30"), .. settings]);

    /// <summary>A program of the tests with the product's bus, not started.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="project">Its folder below <c>tests</c>.</param>
    /// <param name="settings">Its variables.</param>
    internal ServiceProcess Guest(string name, string project, params (string Name, string Value)[] settings) =>
        Process(name, "tests", project, LocalAddress(), [.. settings]);

    private ServiceProcess Gateway(string name, Uri simulator, params (string Name, string Value)[] more) => Service(
        name, "ProxyGateway", LocalAddress(), [.. Account(simulator), .. ServiceSettings.Gateway, .. more]);

    private (string Name, string Value)[] Account(Uri simulator) =>
    [
        ("Twilio__AccountSid", AccountSid),
        ("Twilio__AuthToken", AuthToken),
        ("Twilio__ApiBaseUrl", Origin(simulator)),
        ("Twilio__PublicBaseUrl", Origin(PublicUrl)),
    ];

    private static Uri LocalAddress() => new($"http://127.0.0.1:{FreePort.Next()}");

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private List<(string, string)> SimulatorSettings()
    {
        var url = $"{Origin(PublicUrl)}/webhooks/twilio/messages#rc=5&rp=all";
        List<(string, string)> settings =
        [
            ("Simulator__AccountSid", AccountSid),
            ("Simulator__AuthToken", AuthToken),
            ("Simulator__DefaultSmsUrl", url),
        ];
        settings.AddRange(SampleNumbers.Ours.Index().Select(one => ($"Simulator__Numbers__{one.Index}__Number", one.Item)));
        settings.AddRange(SampleNumbers.People.Index().SelectMany(one => new[]
        {
            ($"Simulator__People__{one.Index}__Name", one.Item.Name),
            ($"Simulator__People__{one.Index}__Number", one.Item.Number),
        }));
        return settings;
    }

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PhoneMasking.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests are not inside the repository.");
        }

        return folder.FullName;
    }

    private ServiceProcess Service(string name, string project, Uri address, List<(string Name, string Value)> settings) =>
        Process(name, "src", project, address, settings);

    private ServiceProcess Process(
        string name, string folder, string project, Uri address, List<(string Name, string Value)> settings)
    {
        var built = new BuiltProject(Path.Combine(RepositoryRoot(), folder, project, $"{project}.csproj"));
        built.Check();
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__phonemasking"] = Postgres.ConnectionString(DatabaseName),
            ["ConnectionStrings__rabbitmq"] = RabbitMq.ConnectionString(),
            ["SampleData__Enabled"] = "true",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
        };
        foreach (var (variable, value) in settings)
        {
            environment[variable] = value;
        }

        return new ServiceProcess(name, built.Assembly)
        {
            Address = address,
            HealthPath = "/health",
            Environment = environment,
            OnLine = line => Output.Take(name, line),
        };
    }
}
