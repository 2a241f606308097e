using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.Simulator;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>A simulator that receives e-mails, and servers of its own for AlertServices that send them.</summary>
public sealed class EmailWorld : IAsyncLifetime
{
    public const string Owner = "owner@example.com";
    public const string From = "PhoneMasking <desk@example.com>";
    public const string Key = "simulator-mail-key";

    private readonly List<ServiceHost<AlertDbContext>> _hosts = [];
    private WebApplication? _simulator;

    internal TestDatabase Database { get; private set; } = null!;

    internal TestVirtualHost Broker { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    internal HttpClient Simulator { get; private set; } = null!;

    /// <summary>The settings by which e-mails go to the simulator, with short waits.</summary>
    internal (string Name, string Value)[] Settings =>
    [
        ("Email:Sender", "Https"),
        ("Email:Owner", Owner),
        ("Email:From", From),
        ("Email:ConsoleUrl", "https://console.example.com"),
        ("Email:Https:BaseUrl", Simulator.BaseAddress!.AbsoluteUri),
        ("Email:Https:ApiKey", Key),
        ("Email:Timeout", "00:01:00"),
        ("Email:PollInterval", "00:00:00.100"),
        ("Email:RetryDelay", "00:00:00.100"),
        ("Email:MaxRetryDelay", "00:00:00.200"),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        Database = await servers.CreateDatabaseAsync(Cancelled);
        Broker = await servers.CreateVirtualHostAsync(Cancelled);
        Bus = await new TestBus(Broker).StartAsync(Cancelled);
        _simulator = SimulatorApp.Create(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]);
        await _simulator.StartAsync(Cancelled);
        Simulator = new HttpClient { BaseAddress = new Uri(_simulator.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        Simulator.Dispose();
        await _simulator!.DisposeAsync();
        await Bus.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Starts one more AlertService that sends to the simulator; it lives as long as the world.</summary>
    internal async Task<ServiceHost<AlertDbContext>> StartServiceAsync(params (string Name, string Value)[] settings)
    {
        var host = new ServiceHost<AlertDbContext>(Database, Broker, [.. Settings, .. settings]);
        _hosts.Add(host);
        return await host.StartAsync(Cancelled);
    }

    /// <summary>The mails that came, in order.</summary>
    internal async Task<JsonElement[]> MailsAsync() =>
        [.. (await Simulator.GetFromJsonAsync<JsonElement>("/simulator/api/mails", Cancelled)).EnumerateArray()];

    /// <summary>The key that an e-mail arrives with.</summary>
    internal static string KeyOf(Guid email) => $"owner-email/{email}";

    internal async Task FaultAsync(string mode, int calls)
    {
        using var response = await Simulator.PostAsJsonAsync(
            "/simulator/api/faults", new { mode, operation = "mail", calls }, Cancelled);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until an organisation's only e-mail is in a state.</summary>
    internal static async Task<QueuedEmail> EmailAsync(
        ServiceHost<AlertDbContext> host, OrganisationId organisation, EmailState state)
    {
        QueuedEmail? found = null;
        await Eventually.TrueAsync(
            async () => (found = await ReadAsync(host, db => db.Emails.AsNoTracking().SingleOrDefaultAsync(
                email => email.OrganisationId == organisation, Cancelled)))?.State == state,
            $"an e-mail that is {state}",
            Cancelled);
        return found!;
    }

    internal static async Task<T> ReadAsync<T>(ServiceHost<AlertDbContext> host, Func<AlertDbContext, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AlertDbContext>());
    }
}
