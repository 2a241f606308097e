using System.Net;

namespace PhoneMasking.Simulator.Tests.Rest;

public sealed class PaceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_BeyondTheLimit_AreAnswered429_AndCounted()
    {
        await using var host = await SimulatorHost.StartAsync(
            ("Simulator:Rest:MostConcurrent", "2"),
            ("Simulator:Rest:RetryAfterSeconds", "3"));
        await host.FaultAsync(new { mode = "hang", operation = "numbers", calls = 2 });
        var hanging = Enumerable.Range(0, 2).Select(_ => ListAsync(host)).ToList();
        await host.EventuallyAsync("/simulator/api/faults", list => list[0].GetProperty("hits").GetInt32() == 2);

        using var third = await ListAsync(host);
        using var cleared = await host.Http.DeleteAsync("/simulator/api/faults", Cancelled);
        await Task.WhenAll(hanging.Select(call => Assert.ThrowsAsync<HttpRequestException>(() => call)));
        await host.EventuallyAsync(
            "/simulator/api/counters/operations",
            all => all.GetProperty("numbers").GetProperty("calls").GetInt32() == 3);
        using var alone = await ListAsync(host);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), third.Headers.RetryAfter?.Delta);
        Assert.Equal("3", Assert.Single(third.Headers.GetValues("Twilio-Concurrent-Requests")));
        Assert.Equal("1", Assert.Single(alone.Headers.GetValues("Twilio-Concurrent-Requests")));
        var counts = (await host.GetAsync("/simulator/api/counters/operations")).GetProperty("numbers");
        Assert.Equal((4, 1, 1, 2), (
            counts.GetProperty("calls").GetInt32(),
            counts.GetProperty("succeeded").GetInt32(),
            counts.GetProperty("rateLimited").GetInt32(),
            counts.GetProperty("noAnswer").GetInt32()));
    }

    [Fact]
    public async Task Latency_Set_SlowsEveryCall_AndResetEndsIt()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Put, "/pace", new { latencyMs = 150 });

        await host.CreateServiceAsync();

        var call = (await host.GetAsync("/simulator/api/calls"))[0];
        Assert.InRange(call.GetProperty("milliseconds").GetDouble(), 140, 20_000);
        Assert.Equal("createService", call.GetProperty("operation").GetString());
        using var reset = await host.Http.PostAsync("/simulator/api/reset", content: null, Cancelled);
        var pace = await host.GetAsync("/simulator/api/pace");
        Assert.Equal((0, 0), (
            pace.GetProperty("latencyMs").GetInt32(),
            pace.GetProperty("mostConcurrent").GetInt32()));
    }

    [Theory]
    [InlineData("acceptReset", true)]
    [InlineData("reset", false)]
    public async Task Buying_WithTheAnswerLost_HappensOrNotAsTheFaultSays(string mode, bool happens)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode, operation = "buy", to = "+17205550140", calls = 1 });

        await host.BuyAsync("+17205550141");
        await Assert.ThrowsAsync<HttpRequestException>(() => host.BuyAsync("+17205550140"));

        var list = await host.GetAsync("/IncomingPhoneNumbers.json?PhoneNumber=%2B17205550140");
        Assert.Equal(happens ? 1 : 0, list.GetProperty("incoming_phone_numbers").GetArrayLength());
    }

    [Theory]
    [InlineData("accept500", 1)]
    [InlineData("e503", 0)]
    public async Task AddingToAService_Failing_HappensOrNotAsTheFaultSays(string mode, int numbers)
    {
        await using var host = await SimulatorHost.StartAsync();
        var number = await host.BuyAsync("+17205550140");
        var service = await host.CreateServiceAsync();
        await host.FaultAsync(new { mode, operation = "addServiceNumber" });

        var answer = await host.PostAsync($"{service}/PhoneNumbers", ("PhoneNumberSid", number));

        Assert.True((int)answer.Status >= 500);
        Assert.Equal(
            numbers, (await host.GetAsync($"{service}/PhoneNumbers")).GetProperty("phone_numbers").GetArrayLength());
    }

    private static Task<HttpResponseMessage> ListAsync(SimulatorHost host) =>
        host.Http.GetAsync($"{SimulatorHost.Account}/IncomingPhoneNumbers.json", Cancelled);
}
