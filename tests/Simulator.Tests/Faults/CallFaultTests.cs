using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PhoneMasking.Simulator.Tests.Faults;

public sealed class CallFaultTests
{
    [Theory]
    [InlineData("e400", 400, 21211)]
    [InlineData("e401", 401, 20003)]
    [InlineData("e500", 500, 20500)]
    [InlineData("e503", 503, 20503)]
    [InlineData("e429", 429, 20429)]
    public async Task Send_Refused_AcceptsNothing(string mode, int status, int code)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode });

        var (actual, error) = await TrySendAsync(host);

        Assert.Equal(status, (int)actual);
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal(status, error.GetProperty("status").GetInt32());
        Assert.Equal(0, await AcceptedAsync(host));
    }

    [Fact]
    public async Task Send_Refused400_SaysTheCodeAskedFor()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "e400", code = 21614, message = "not mobile" });

        var (_, error) = await TrySendAsync(host);

        Assert.Equal(21614, error.GetProperty("code").GetInt32());
        Assert.Equal("not mobile", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Send_429_SaysWhenToComeAgain()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "e429", retryAfterSeconds = 5 });

        using var response = await host.Http.PostAsync(
            $"{SimulatorHost.Account}/Messages.json",
            Form("x"),
            TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("acceptSlow")]
    public async Task Send_Slow_IsAcceptedAndAnsweredLate(string mode)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode, delayMs = 250 });

        await host.SendAsync("x");

        var call = (await host.GetAsync("/simulator/api/calls"))[0];
        Assert.InRange(call.GetProperty("milliseconds").GetDouble(), 200, 20_000);
        Assert.Equal(1, await AcceptedAsync(host));
    }

    [Theory]
    [InlineData("reset", 0)]
    [InlineData("acceptReset", 1)]
    public async Task Send_Reset_CutsTheConnection(string mode, int accepted)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode });

        await Assert.ThrowsAsync<HttpRequestException>(() => TrySendAsync(host));

        Assert.Equal(accepted, await AcceptedAsync(host));
        var calls = await host.EventuallyAsync("/simulator/api/calls", list => list.GetArrayLength() == 1);
        Assert.Equal(0, calls[0].GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("hang", 0)]
    [InlineData("acceptHang", 1)]
    public async Task Send_Hanging_IsNeverAnswered(string mode, int accepted)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode });
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var hanging = host.Http.PostAsync($"{SimulatorHost.Account}/Messages.json", Form("x"), impatient.Token);
        await host.EventuallyAsync("/simulator/api/faults", list => list[0].GetProperty("hits").GetInt32() == 1);
        await host.EventuallyAsync("/simulator/api/messages", list => list.GetArrayLength() == accepted);
        Assert.False(hanging.IsCompleted);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.Equal(accepted, await AcceptedAsync(host));
    }

    [Fact]
    public async Task Send_Hanging_IsCutWhenTheFaultsAreCleared()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "hang" });
        var hanging = TrySendAsync(host);
        await host.EventuallyAsync("/simulator/api/faults", list => list[0].GetProperty("hits").GetInt32() == 1);

        using var cleared = await host.Http.DeleteAsync("/simulator/api/faults", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        await host.SendAsync("x");
    }

    [Fact]
    public async Task Send_Accept500_IsAcceptedAndListed()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "accept500" });

        var (status, _) = await TrySendAsync(host);

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal(1, await AcceptedAsync(host));
        var call = (await host.GetAsync("/simulator/api/calls"))[0];
        var listed = (await host.GetAsync("/Messages.json")).GetProperty("messages")[0];
        Assert.Equal(listed.GetProperty("sid").GetString(), call.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task Fault_ForTwoCalls_SparesTheThird()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "e503", calls = 2 });

        var first = await TrySendAsync(host);
        var second = await TrySendAsync(host);
        var third = await TrySendAsync(host);

        Assert.Equal(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created],
            [first.Status, second.Status, third.Status]);
    }

    [Theory]
    [InlineData("to", SimulatorHost.Sam)]
    [InlineData("from", "+17205550170")]
    [InlineData("contains", "#7#")]
    [InlineData("operation", "list")]
    public async Task Fault_ForOthers_SparesThisCall(string name, string value)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new Dictionary<string, string> { ["mode"] = "e500", [name] = value });

        await host.SendAsync("#8#");
    }

    [Fact]
    public async Task Fault_OfLists_StrikesLists()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "e500", operation = "list" });

        using var response = await host.Http.GetAsync(
            $"{SimulatorHost.Account}/Messages.json",
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Fault_WithProbabilityAndSeed_StrikesTheSameCallsEachTime()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Messages:Callbacks", "Off"));

        var first = await RunAsync();
        var second = await RunAsync();

        Assert.Equal(first, second);
        Assert.Contains(HttpStatusCode.Created, first);
        Assert.Contains(HttpStatusCode.InternalServerError, first);

        async Task<List<HttpStatusCode>> RunAsync()
        {
            using var cleared = await host.Http.DeleteAsync(
                "/simulator/api/faults",
                TestContext.Current.CancellationToken);
            await host.FaultAsync(new { mode = "e500", probability = 0.5, seed = 7 });
            List<HttpStatusCode> statuses = [];
            foreach (var _ in Enumerable.Range(0, 20))
            {
                statuses.Add((await TrySendAsync(host)).Status);
            }

            return statuses;
        }
    }

    [Fact]
    public async Task Fault_Removed_StrikesNoMore()
    {
        await using var host = await SimulatorHost.StartAsync();
        var fault = await host.FaultAsync(new { mode = "e500" });

        using var removed = await host.Http.DeleteAsync(
            $"/simulator/api/faults/{fault.GetProperty("id").GetGuid()}",
            TestContext.Current.CancellationToken);

        await host.SendAsync("x");
    }

    [Theory]
    [InlineData("""{"mode":"e500","calls":0}""", "Calls")]
    [InlineData("""{"mode":"e500","probability":2}""", "Probability")]
    public async Task Fault_OutOfRange_Is400AndNamesTheField(string json, string field)
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.PostAsync(
            "/simulator/api/faults",
            new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    private static FormUrlEncodedContent Form(string body) => new(
    [
        new("To", SimulatorHost.Dana),
        new("From", SimulatorHost.OwnNumber),
        new("Body", body),
    ]);

    private static Task<(HttpStatusCode Status, JsonElement Body)> TrySendAsync(SimulatorHost host) => host.PostAsync(
        "/Messages.json",
        ("To", SimulatorHost.Dana),
        ("From", SimulatorHost.OwnNumber),
        ("Body", "x"));

    private static async Task<int> AcceptedAsync(SimulatorHost host) =>
        (await host.GetAsync("/simulator/api/messages")).GetArrayLength();
}
