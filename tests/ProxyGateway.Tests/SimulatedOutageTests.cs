using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests;

/// <summary>The gateway with its real Twilio client over real sockets, against the simulator.</summary>
public sealed class SimulatedOutageTests : IAsyncLifetime
{
    private static readonly E164Number Client = E164Number.Parse("+13035550171");
    private static readonly E164Number Reserved = E164Number.Parse("+13035550131");
    private static readonly E164Number Pool = E164Number.Parse("+13035550151");
    private static readonly E164Number Sitter = E164Number.Parse("+13035550111");

    private TestDatabase? _database;
    private TestVirtualHost? _broker;
    private SimulatorHost? _simulator;
    private GatewayHost? _gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(Token);
        _broker = await servers.CreateVirtualHostAsync(Token);
        _simulator = new SimulatorHost().Start();
        var port = FreePort.Next();
        _gateway = new GatewayHost(
            _database.ConnectionString,
            _broker.ConnectionString,
            port: port,
            settings:
            [
                ("Twilio:PublicBaseUrl", $"http://127.0.0.1:{port}"),
                ("Twilio:ApiBaseUrl", _simulator.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority)),
                // Long enough that a busy machine's simulator has taken or refused a call that was given up.
                ("TwilioApi:RequestTimeout", "00:00:03"),
                ("Sending:Lease", "00:00:15"),
                ("Sending:SettleTime", "00:00:03"),
                ("Sending:RetryDelay", "00:00:00.200"),
                ("Sending:PollInterval", "00:00:00.100"),
            ]).Start();
        await DescribeAsync($"http://127.0.0.1:{port}/webhooks/twilio/messages");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _simulator!.DisposeAsync();
        await _broker!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task EveryKindOfOutage_LosesNothingDoublesNothingAndKeepsTheOrder()
    {
        string[] modes = ["accept500", "acceptHang", "acceptReset", "e500", "e503", "hang", "reset", "e401", "e429"];
        for (var index = 0; index < modes.Length; index++)
        {
            await _simulator!.ControlAsync(
                "faults", new { mode = modes[index], contains = $"#{index}#", calls = 1, retryAfterSeconds = 1 });
        }

        for (var index = 0; index < modes.Length; index++)
        {
            await _simulator!.ControlAsync("texts", new { from = Client.Reveal(), to = Reserved.Reveal(), body = $"#{index}#" });
        }

        await _simulator!.ControlAsync("texts", new { from = Client.Reveal(), to = Reserved.Reveal(), body = "last" });

        await Eventually.TrueAsync(
            async () => (await _simulator.TextsAsync()).Any(text => text is { Body: "[Maria]: last", Status: "delivered" }),
            "the last text",
            Token);
        var texts = await _simulator.TextsAsync();
        Assert.Equal(
            [.. Enumerable.Range(0, modes.Length).Select(index => $"[Maria]: #{index}#"), "[Maria]: last"],
            texts.Select(text => text.Body));
        Assert.All(texts, text => Assert.Equal((Pool.Reveal(), Sitter.Reveal()), (text.From, text.To)));
    }

    private async Task DescribeAsync(string webhook)
    {
        foreach (var number in (E164Number[])[Reserved, Pool])
        {
            await _simulator!.ControlAsync("numbers", new { number = number.Reveal(), smsUrl = webhook });
        }

        await using (var database = NpgsqlDataSource.Create(_database!.ConnectionString))
        {
            await GatewayWorld.DirectoryIsReadAsync(database);
        }

        var directory = _gateway!.Services.GetRequiredService<DirectoryWriter>();
        var now = TimeProvider.System.GetUtcNow();
        var sitter = SitterId.New(now);
        var reserved = new NumberChanged(
            OrganisationId.Default, NumberId.New(now), Reserved, NumberLifecycle.ReservedActive, NumberStatus.Ready, sitter, 1, now);
        await directory.SaveAsync(reserved, Token);
        await directory.SaveAsync(
            reserved with { NumberId = NumberId.New(now), Number = Pool, Lifecycle = NumberLifecycle.Pool, SitterId = null }, Token);
        await directory.SaveAsync(
            new SitterChanged(OrganisationId.Default, sitter, "Ana", Sitter, reserved.NumberId, Reserved, true, 1, now), Token);
        await directory.SaveAsync(
            new ClientChanged(OrganisationId.Default, ClientId.New(now), "Maria", [Client], false, 1, now), Token);
    }
}
