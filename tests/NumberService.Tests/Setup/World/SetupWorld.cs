using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Npgsql;
using PhoneMasking.NumberService.CommandLine;
using PhoneMasking.NumberService.Setup;
using PhoneMasking.NumberService.Tests.Provisioning.World;
using PhoneMasking.ServiceDefaults.CommandLine;
using PhoneMasking.TestServers;

namespace PhoneMasking.NumberService.Tests.Setup.World;

/// <summary>
/// What the owner's commands meet: PostgreSQL, RabbitMQ, the simulator in Twilio's place, somebody in the gateway's. The
/// commands run as they do in a process of their own, with their own clock, on shorter waits.
/// </summary>
internal sealed class SetupWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly TestVirtualHost _broker;
    private readonly NpgsqlDataSource _sql;

    private SetupWorld(TestDatabase database, TestVirtualHost broker, SimulatorHost simulator, bool hasGateway)
    {
        _database = database;
        _broker = broker;
        _sql = NpgsqlDataSource.Create(database.ConnectionString);
        Simulator = simulator;
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:phonemasking"] = database.ConnectionString,
            ["ConnectionStrings:rabbitmq"] = broker.ConnectionString,
            ["Twilio:AccountSid"] = NumberHost.AccountSid,
            ["Twilio:AuthToken"] = NumberHost.AuthToken,
            ["Twilio:ApiBaseUrl"] = simulator.BaseUrl,
            ["Twilio:PublicBaseUrl"] = "https://texts.example.com",
            ["TwilioApi:RequestTimeout"] = "00:00:05",
            ["TwilioApi:ReadRetries"] = "5",
            ["Numbers:VerificationPhone"] = "+13035550179",
            ["Numbers:Lease"] = "00:00:15",
            ["Numbers:PollInterval"] = "00:00:00.100",
            ["Numbers:RetryDelay"] = "00:00:00.200",
            ["Numbers:SettleTime"] = "00:00:00.500",
            ["Numbers:VerificationPollInterval"] = "00:00:00.100",
            ["Setup:Reserved"] = "4",
            ["Setup:Pool"] = "3",
            ["Setup:GatewayPatience"] = hasGateway ? "00:00:30" : "00:00:01",
            ["Setup:ProgressInterval"] = "00:00:00.100",
        };
    }

    public SimulatorHost Simulator { get; }

    public FakeGateway? Gateway { get; private set; }

    /// <summary>The settings of every command from now on.</summary>
    public Dictionary<string, string?> Settings { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SetupWorld> StartAsync(bool hasGateway = true)
    {
        var servers = await TestInfrastructure.GetAsync();
        var world = new SetupWorld(
            await servers.CreateDatabaseAsync(Token),
            await servers.CreateVirtualHostAsync(Token),
            SimulatorHost.StartNew(),
            hasGateway);
        if (hasGateway)
        {
            world.Gateway = await new FakeGateway(world._broker).StartAsync();
        }

        return world;
    }

    /// <summary>Runs a command to its end.</summary>
    public Task<Ended> RunAsync(params string[] args) => RunAsync(Token, args);

    /// <summary>Runs a command until its end or until it is interrupted.</summary>
    public async Task<Ended> RunAsync(CancellationToken interrupt, params string[] args)
    {
        await using var output = new StringWriter();
        var code = await OwnerCommands.RunAsync(
            args,
            OwnerConsole.Plain(output),
            builder => builder.Configuration.AddInMemoryCollection(Settings),
            interrupt);
        return new Ended((SetupEnd)code, output.ToString());
    }

    /// <summary>Counts rows that fulfil a condition on the inventory.</summary>
    public async Task<long> CountAsync(string condition = "true")
    {
        await using var command = _sql.CreateCommand($"SELECT count(*) FROM numbers.numbers WHERE {condition}");
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    /// <summary>Changes the inventory behind everybody's back.</summary>
    public async Task ExecuteAsync(string statement)
    {
        await using var command = _sql.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Whether the schema is there.</summary>
    public async Task<bool> HasSchemaAsync()
    {
        await using var command = _sql.CreateCommand("SELECT to_regclass('numbers.numbers') IS NOT NULL");
        return (bool)(await command.ExecuteScalarAsync(Token))!;
    }

    /// <summary>The account's Messaging Services, each with its numbers.</summary>
    public async Task<IReadOnlyList<(string Sid, int Numbers)>> MessagingServicesAsync() =>
    [
        .. (await ReadAsync("messaging-services")).GetProperty("services").EnumerateArray().Select(service =>
            (service.GetProperty("sid").GetString()!, service.GetProperty("numbers").GetArrayLength())),
    ];

    /// <summary>How many Proxy Services the account has.</summary>
    public async Task<int> ProxyServicesAsync() => (await ReadAsync("proxy")).GetProperty("services").GetArrayLength();

    /// <summary>How often calls of an operation ended in a way such as <c>succeeded</c>.</summary>
    public async Task<long> CallsAsync(string operation, string end) =>
        (await ReadAsync("counters/operations")).TryGetProperty(operation, out var counts)
            ? counts.GetProperty(end).GetInt64()
            : 0;

    /// <summary>How many calls there were.</summary>
    public async Task<long> AllCallsAsync() => (await ReadAsync("counters/operations")).EnumerateObject()
        .Sum(operation => operation.Value.GetProperty("calls").GetInt64());

    /// <summary>How many calls of all operations were put off with 429.</summary>
    public async Task<long> PutOffAsync() => (await ReadAsync("counters/operations")).EnumerateObject()
        .Sum(operation => operation.Value.GetProperty("rateLimited").GetInt64());

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        await _sql.DisposeAsync();
        await Simulator.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        using var http = Simulator.CreateClient();
        return await http.GetFromJsonAsync<JsonElement>($"/simulator/api/{path}", Token);
    }
}

/// <summary>How a command ended, and what the owner read.</summary>
internal sealed record Ended(SetupEnd End, string Output);
