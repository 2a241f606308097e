using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Airtable;
using PhoneMasking.TestServers;

namespace PhoneMasking.Simulator.Tests.Airtable;

public sealed class AirtableApiTests
{
    private const string Tables = "/v0/meta/bases/appSimulator00001/tables";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Pace_OfMoreThanFiveASecond_IsRefusedForHalfAMinute()
    {
        var clock = new FakeClock();
        var options = Options.Create(new AirtableOptions());
        var pace = new AirtablePace(new AirtableState(options), options, clock);

        var first = Enumerable.Range(0, 6).Select(_ => pace.Admits()).ToList();
        clock.Advance(TimeSpan.FromSeconds(29.9));
        var during = pace.Admits();
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal([true, true, true, true, true, false], first);
        Assert.False(during);
        Assert.True(pace.Admits());
    }

    [Theory]
    [InlineData(null, Tables, 401, "AUTHENTICATION_REQUIRED")]
    [InlineData("patSomebodyElse01.x", Tables, 401, "UNAUTHORIZED")]
    [InlineData("patSimulator00001.simulator", "/v0/meta/bases/appSomethingElse1/tables", 403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND")]
    public async Task Call_WithoutTheTokenOrTheBase_IsRefused(string? token, string path, int expected, string type)
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, body) = await AskAsync(host, HttpMethod.Get, path, null, token);

        Assert.Equal((expected, type), ((int)status, body.GetProperty("error").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Path_ThatIsUnknown_IsRefusedInTheShortForm()
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, body) = await AskAsync(host, HttpMethod.Get, "/v0/a/b/c/d", null);

        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (status, body.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData("e429", null, 429, "RATE_LIMIT_REACHED")]
    [InlineData("e429", "PUBLIC_API_BILLING_LIMIT_EXCEEDED", 429, "PUBLIC_API_BILLING_LIMIT_EXCEEDED")]
    public async Task Fault_OfTooManyRequests_IsInTheFormOfAList(string mode, string? message, int expected, string type)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode, operation = "airtableTables", calls = 1, message });

        var (status, body) = await AskAsync(host, HttpMethod.Get, Tables, null);

        Assert.Equal((expected, type), ((int)status, body.GetProperty("errors")[0].GetProperty("error").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, HttpMethod.Get, Tables, null)).Status);
    }

    [Fact]
    public async Task Write_OfMoreThanTenRecords_IsRefused()
    {
        await using var host = await SimulatorHost.StartAsync();
        await AskAsync(host, HttpMethod.Post, Tables, new
        {
            name = "Contacts",
            fields = new[] { new { name = "Name", type = "singleLineText" } },
        });
        var records = Enumerable.Range(0, 11).Select(number => new { fields = new { Name = $"Person {number}" } });

        var (status, body) = await AskAsync(host, HttpMethod.Post, "/v0/appSimulator00001/Contacts", new { records });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("up to 10", body.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Reset_EmptiesTheBase()
    {
        await using var host = await SimulatorHost.StartAsync();
        await AskAsync(host, HttpMethod.Post, Tables, new
        {
            name = "Contacts",
            fields = new[] { new { name = "Name", type = "singleLineText" } },
        });
        using var reset = await host.Http.PostAsync("/simulator/api/reset", null, Cancelled);

        var (_, body) = await AskAsync(host, HttpMethod.Get, Tables, null);

        Assert.Empty(body.GetProperty("tables").EnumerateArray());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(
        SimulatorHost host, HttpMethod method, string path, object? content, string? token = "patSimulator00001.simulator")
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = content is null ? null : JsonContent.Create(content),
        };
        request.Headers.Authorization = token is null ? new("None") : new("Bearer", token);
        using var response = await host.Http.SendAsync(request, Cancelled);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }
}
