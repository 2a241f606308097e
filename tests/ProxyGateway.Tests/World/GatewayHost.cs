using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>One instance of the gateway in this process, behind a real Kestrel on loopback.</summary>
internal sealed class GatewayHost : WebApplicationFactory<GatewayDbContext>
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string AuthToken = "an-auth-token-for-tests";
    public const string PublicBaseUrl = "https://texts.example.com";

    private readonly Dictionary<string, string> _settings;
    private readonly ITwilioApi? _twilio;
    private readonly TimeProvider? _clock;
    private readonly ILoggerProvider? _log;

    /// <summary>Starts an instance; its schema is up to date then.</summary>
    /// <param name="database">The connection string of its database.</param>
    /// <param name="broker">The connection string of its virtual host.</param>
    /// <param name="twilio">Takes Twilio's place; none keeps the real client.</param>
    /// <param name="clock">Takes the clock's place; none keeps the system's.</param>
    /// <param name="log">Gets everything that is logged.</param>
    /// <param name="port">Where it listens; 0 takes a free one.</param>
    /// <param name="settings">More settings; they win over the usual ones.</param>
    public GatewayHost(
        string database,
        string broker,
        ITwilioApi? twilio = null,
        TimeProvider? clock = null,
        ILoggerProvider? log = null,
        int port = 0,
        params (string Name, string Value)[] settings)
    {
        _twilio = twilio;
        _clock = clock;
        _log = log;
        _settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:phonemasking"] = database,
            ["ConnectionStrings:rabbitmq"] = broker,
            ["Twilio:AccountSid"] = AccountSid,
            ["Twilio:AuthToken"] = AuthToken,
            ["Twilio:PublicBaseUrl"] = PublicBaseUrl,
            ["Logging:Console:LogLevel:Default"] = "None",
        };
        foreach (var (name, value) in settings)
        {
            _settings[name] = value;
        }

        UseKestrel(port);
    }

    /// <summary>Starts it.</summary>
    public GatewayHost Start()
    {
        StartServer();
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services =>
        {
            if (_twilio is not null)
            {
                services.AddSingleton(_twilio);
            }

            if (_clock is not null)
            {
                services.AddSingleton(_clock);
            }

            if (_log is not null)
            {
                services.AddSingleton(_log);
            }
        });
    }
}
