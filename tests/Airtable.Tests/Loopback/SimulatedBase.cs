using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using PhoneMasking.Airtable.Schema;
using PhoneMasking.Simulator;

namespace PhoneMasking.Airtable.Tests.Loopback;

/// <summary>
/// The simulator in this process, playing a base that has one table of contacts, and a client of it. Starting it takes a
/// second, so that tests hand it on.
/// </summary>
internal sealed class SimulatedBase : IAsyncDisposable
{
    public const string Contacts = "Contacts";

    private static readonly ConcurrentBag<WebApplication> Idle = [];

    private readonly WebApplication _simulator;
    private readonly HttpClient _control = new();

    private SimulatedBase(WebApplication simulator, Client client)
    {
        _simulator = simulator;
        Client = client;
        _control.BaseAddress = client.Base.ApiBaseUri;
    }

    public Client Client { get; }

    public IAirtableApi Api => Client.Api;

    public AirtableBase At => Client.Base;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SimulatedBase> StartAsync(params (string Setting, string Value)[] settings)
    {
        if (!Idle.TryTake(out var simulator))
        {
            simulator = SimulatorApp.Create(
                ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--Simulator:Airtable:RequestsPerSecond=0"]);
            await simulator.StartAsync(Cancelled);
        }

        var world = new SimulatedBase(simulator, new Client(simulator.Urls.Single(), null, settings));
        await world.Api.CreateTableAsync(
            world.At,
            new NewTable(Contacts, "People", [
                new("Name", FieldTypes.SingleLineText),
                new("Phone", FieldTypes.PhoneNumber),
                new("Visits", FieldTypes.Number, new FieldOptions { Precision = 0 }),
                new("Since", FieldTypes.Date, new FieldOptions { DateFormat = new NamedFormat("iso") }),
                new("Status", FieldTypes.SingleSelect, new FieldOptions { Choices = [new("Active"), new("Left")] }),
            ]),
            Cancelled);
        return world;
    }

    /// <summary>Switches a fault on.</summary>
    public async Task BreakAsync(object fault)
    {
        using var response = await _control.PostAsJsonAsync("/simulator/api/faults", fault, Cancelled);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Changes how Airtable stands.</summary>
    public async Task StandAsync(object standing)
    {
        using var response = await _control.PutAsJsonAsync("/simulator/api/airtable", standing, Cancelled);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How many calls of an operation there were.</summary>
    public async Task<long> CallsAsync(string operation)
    {
        var counts = await _control.GetFromJsonAsync<JsonElement>("/simulator/api/counters/operations", Cancelled);
        return counts.TryGetProperty(operation, out var count) ? count.GetProperty("calls").GetInt64() : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        using (await _control.PostAsync("/simulator/api/reset", null, CancellationToken.None))
        {
            Idle.Add(_simulator);
        }

        _control.Dispose();
    }
}
