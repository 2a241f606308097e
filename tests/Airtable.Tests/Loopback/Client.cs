using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhoneMasking.TestServers;

namespace PhoneMasking.Airtable.Tests.Loopback;

/// <summary>The client as a service gets it, registered and configured, with waits short enough for tests.</summary>
internal sealed class Client : IAsyncDisposable
{
    public const string Token = "patSimulator00001.simulator";

    private readonly ServiceProvider _services;

    public Client(string address, TimeProvider? clock = null, params (string Setting, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["AirtableApi:RequestsPerSecond"] = "50",
            ["AirtableApi:RetryDelay"] = "00:00:00.005",
            ["AirtableApi:BreakAfter"] = "1000",
        };
        foreach (var (setting, value) in settings)
        {
            values[$"AirtableApi:{setting}"] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddAirtableApi();
        _services = services.BuildServiceProvider();
        Base = new AirtableBase("appSimulator00001", Token, new Uri(address));
    }

    public IAirtableApi Api => _services.GetRequiredService<IAirtableApi>();

    public AirtableBase Base { get; }

    public CapturedLog Log { get; } = new();

    public IServiceProvider Services => _services;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
