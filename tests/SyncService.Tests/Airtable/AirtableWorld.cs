using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using PhoneMasking.ServiceDefaults.CommandLine;
using PhoneMasking.Simulator;
using PhoneMasking.SyncService.Airtable;
using PhoneMasking.TestServers;

namespace PhoneMasking.SyncService.Tests.Airtable;

/// <summary>
/// What the command meets: the simulator in Airtable's place. It runs as in a process of its own, but faster. Starting the
/// simulator takes a second, so that tests hand it on.
/// </summary>
internal sealed class AirtableWorld : IAsyncDisposable
{
    public const string Token = "patSimulator00001.simulator";

    private static readonly ConcurrentBag<WebApplication> Idle = [];

    private readonly WebApplication _simulator;
    private readonly HttpClient _http = new();

    private AirtableWorld(WebApplication simulator)
    {
        _simulator = simulator;
        _http.BaseAddress = new Uri(simulator.Urls.Single());
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["AIRTABLE_BASE_ID"] = "appSimulator00001",
            ["AIRTABLE_API_KEY"] = Token,
            ["Airtable:ApiBaseUrl"] = simulator.Urls.Single(),
            ["AirtableApi:RequestsPerSecond"] = "50",
            ["AirtableApi:RetryDelay"] = "00:00:00.005",
        };
    }

    /// <summary>The settings of every command from now on.</summary>
    public Dictionary<string, string?> Settings { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<AirtableWorld> StartAsync(int requestsPerSecond = 0)
    {
        if (!Idle.TryTake(out var simulator))
        {
            simulator = SimulatorApp.Create(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]);
            await simulator.StartAsync(Cancelled);
        }

        var world = new AirtableWorld(simulator);
        await world.StandAsync(new { requestsPerSecond });
        return world;
    }

    /// <summary>Runs the command to its end.</summary>
    public Task<(AirtableEnd End, string Output)> RunAsync(params string[] args) => RunAsync(Cancelled, args);

    /// <summary>Runs the command until its end or until it is interrupted.</summary>
    public async Task<(AirtableEnd End, string Output)> RunAsync(CancellationToken interrupt, params string[] args)
    {
        await using var output = new StringWriter();
        var code = await AirtableCommand.RunAsync(
            ["airtable", .. args],
            OwnerConsole.Plain(output),
            builder => builder.Configuration.AddInMemoryCollection(Settings),
            interrupt);
        return ((AirtableEnd)code, output.ToString());
    }

    /// <summary>Makes a table as the owner could have.</summary>
    /// <returns>The table's id.</returns>
    public async Task<string> MakeTableAsync(string name, params object[] fields) =>
        (await SendAsync(HttpMethod.Post, "/v0/meta/bases/appSimulator00001/tables", new { name, fields })).GetProperty("id").GetString()!;

    /// <summary>Makes a field as the owner could have.</summary>
    public Task MakeFieldAsync(string tableId, object field) =>
        SendAsync(HttpMethod.Post, $"/v0/meta/bases/appSimulator00001/tables/{tableId}/fields", field);

    /// <summary>Makes the fields by hand that only people can make.</summary>
    public async Task DoByHandAsync()
    {
        foreach (var (table, field) in WantedBase.Tables.SelectMany(table => table.Fields
            .Where(field => field.Formula is not null)
            .Select(field => (NameOf(table), field.Name))))
        {
            await SendAsync(HttpMethod.Post, "/simulator/api/airtable/formulas", new { table, field });
        }
    }

    public Task BreakAsync(object fault) => SendAsync(HttpMethod.Post, "/simulator/api/faults", fault);

    public Task StandAsync(object standing) => SendAsync(HttpMethod.Put, "/simulator/api/airtable", standing);

    /// <summary>Waits until a fault has struck.</summary>
    public Task StruckAsync() => Eventually.TrueAsync(
        async () => (await _http.GetFromJsonAsync<JsonElement>("/simulator/api/faults", Cancelled)).EnumerateArray()
            .Any(fault => fault.GetProperty("hits").GetInt32() > 0),
        "the fault",
        Cancelled);

    /// <summary>Switches all faults off.</summary>
    public async Task MendAsync() => (await _http.DeleteAsync("/simulator/api/faults", Cancelled)).Dispose();

    /// <summary>The tables of the base: their fields' types by name.</summary>
    public async Task<Dictionary<string, Dictionary<string, string>>> TablesAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>("/simulator/api/airtable", Cancelled)).GetProperty("tables").EnumerateArray()
            .ToDictionary(
                table => table.GetProperty("name").GetString()!,
                table => table.GetProperty("fields").EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString()!));

    /// <summary>How often calls of an operation ended in a way such as <c>succeeded</c>.</summary>
    public async Task<long> CallsAsync(string operation, string end) =>
        (await _http.GetFromJsonAsync<JsonElement>("/simulator/api/counters/operations", Cancelled))
        .TryGetProperty(operation, out var counts) ? counts.GetProperty(end).GetInt64() : 0;

    public async ValueTask DisposeAsync()
    {
        using (await _http.PostAsync("/simulator/api/reset", null, CancellationToken.None))
        {
            Idle.Add(_simulator);
        }

        _http.Dispose();
    }

    private string NameOf(WantedTable table) =>
        Settings.GetValueOrDefault(table.Setting) is { Length: > 0 } given ? given : table.Name;

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(content) };
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await _http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }
}
