using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PhoneMasking.OpsConsole.Shell;
using PhoneMasking.TestServers;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>The real console on a real port, against a real broker of its own.</summary>
internal sealed partial class ConsoleHost : WebApplicationFactory<App>
{
    private const int MaxTries = 3;
    private const string BrokerSetting = "ConnectionStrings:rabbitmq";

    // One for all tests, which run one after the other: a virtual host of its own each would cost more than the tests.
    private static readonly Lazy<Task<TestVirtualHost>> SharedBroker = new(OpenBrokerAsync);

    private readonly Dictionary<string, string> _settings;
    private readonly string _environment;
    private readonly TimeProvider _clock;

    private ConsoleHost(
        string broker,
        string environment,
        TimeProvider clock,
        IEnumerable<(string Key, string Value)> settings)
    {
        Broker = broker;
        _environment = environment;
        _clock = clock;
        _settings = new() { [BrokerSetting] = broker, ["Console:AnswerTimeout"] = "00:00:30" };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        UseKestrel(0);
    }

    /// <summary>Everything that the console logged.</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    /// <summary>The broker's address.</summary>
    public string Broker { get; }

    public static async Task<ConsoleHost> StartAsync(
        string environment = "Development",
        TimeProvider? clock = null,
        params (string Key, string Value)[] settings)
    {
        var broker = await SharedBroker.Value.WaitAsync(TestContext.Current.CancellationToken);
        var host = await OpenAsync(() => new ConsoleHost(broker.ConnectionString, environment, clock ?? TimeProvider.System, settings));
        if (environment == "Development")
        {
            // Printed when the server has started, which may be a moment after it listens.
            await Eventually.TrueAsync(
                () => Task.FromResult(host.Log.Lines.Any(line => LinkLine().IsMatch(line))),
                "The one-time link was not printed.",
                TestContext.Current.CancellationToken);
        }

        if (host._settings[BrokerSetting] == broker.ConnectionString)
        {
            // Asked before its queue for answers is there, a question would be answered to nobody.
            using var visitor = host.Visitor();
            await Eventually.TrueAsync(
                async () => (await visitor.GetStringAsync("/health", TestContext.Current.CancellationToken))
                    .Contains("{\"status\":\"healthy\"", StringComparison.Ordinal),
                "a healthy console",
                TestContext.Current.CancellationToken);
        }

        return host;
    }

    /// <summary>The newest one-time link.</summary>
    public Uri Link() => new(Log.Lines.Select(line => LinkLine().Match(line)).Last(match => match.Success).Groups[1].Value);

    /// <summary>A browser without a page: keeps cookies, follows no redirect.</summary>
    public HttpClient Visitor() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>The same, signed in by the one-time link.</summary>
    public async Task<HttpClient> OwnerAsync()
    {
        var owner = Visitor();
        var answer = await owner.GetAsync(Link(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return owner;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(_clock)));
    }

    // On a busy machine the console's own start can win over the factory, which then fails to choose the port.
    private static async Task<ConsoleHost> OpenAsync(Func<ConsoleHost> make)
    {
        for (var tries = 1; ; tries++)
        {
            var host = make();
            try
            {
                host.StartServer();
                return host;
            }
            catch (InvalidOperationException) when (tries < MaxTries)
            {
                await host.DisposeAsync();
            }
        }
    }

    private static async Task<TestVirtualHost> OpenBrokerAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        return await servers.CreateVirtualHostAsync();
    }

    [GeneratedRegex(@"Console: open (\S+)")]
    private static partial Regex LinkLine();
}
