using PhoneMasking.Airtable.Tests.Loopback;
using PhoneMasking.TestServers;

namespace PhoneMasking.Airtable.Tests.Transport;

public sealed class PaceTests
{
    private const string OtherBase = "appOther000000001";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_ToOneBase_AreFiveASecond()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedAirtable.StartAsync((200, ScriptedAirtable.NoTables));
        await using var client = new Client(server.Address, clock, ("RequestsPerSecond", "5"));

        var calls = Enumerable.Range(0, 12).Select(_ => client.Api.ListTablesAsync(client.Base, Cancelled)).ToList();
        foreach (var (allowed, waiting) in new[] { (5, 5), (10, 5), (12, 2) })
        {
            await AwaitAsync(server, clock, allowed, waiting);
            Assert.Equal(allowed, server.Requests.Count);
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(allowed, server.Requests.Count);
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task TooManyRequests_LeaveTheBaseAloneForHalfAMinute_AndNoOther()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedAirtable.StartAsync(
            (429, ScriptedAirtable.TooManyRequests), (200, ScriptedAirtable.NoTables));
        await using var client = new Client(server.Address, clock);

        var refused = client.Api.ListTablesAsync(client.Base, Cancelled);
        await AwaitAsync(server, clock, requests: 1, timers: 2);
        var another = client.Api.ListTablesAsync(client.Base, Cancelled);
        await AwaitAsync(server, clock, requests: 1, timers: 3);
        await client.Api.ListTablesAsync(new AirtableBase(OtherBase, Client.Token, client.Base.ApiBaseUri), Cancelled);
        Assert.Equal(2, server.Requests.Count);

        clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(2, server.Requests.Count);
        Assert.False(refused.IsCompleted || another.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));

        await Task.WhenAll(refused, another);
        Assert.Equal(4, server.Requests.Count);
        Assert.Contains(client.Log.Lines, line => line.Contains("left alone for 00:00:30", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Creating_PutOffWithTooManyRequests_IsDoneAfterThePause()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedAirtable.StartAsync(
            (429, ScriptedAirtable.TooManyRequests), (200, """{"records": [{"id": "rec1"}]}"""));
        await using var client = new Client(server.Address, clock);

        var creating = client.Api.CreateRecordsAsync(client.Base, "Contacts", [[]], false, Cancelled);
        await AwaitAsync(server, clock, requests: 1, timers: 2);
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("rec1", Assert.Single(await creating).Id);
    }

    [Fact]
    public async Task TooManyRequests_AgainAfterEachPause_FailInTheEnd()
    {
        await using var server = await ScriptedAirtable.StartAsync((429, "not Airtable's words"));
        await using var client = new Client(server.Address, null, ("RateLimitPause", "00:00:01"), ("Retries", "1"));

        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => client.Api.ListTablesAsync(client.Base, Cancelled));

        Assert.Equal(AirtableFailure.RateLimited, failure.Failure);
        Assert.True(failure.IsTransient);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Requests_BeyondThoseThatMayWait_FailAtOnce()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedAirtable.StartAsync((200, ScriptedAirtable.NoTables));
        await using var client = new Client(server.Address, clock, ("RequestsPerSecond", "1"), ("MostWaiting", "1"));

        await client.Api.ListTablesAsync(client.Base, Cancelled);
        var waiting = client.Api.ListTablesAsync(client.Base, Cancelled);
        var failure = await Assert.ThrowsAsync<AirtableApiException>(() => client.Api.ListTablesAsync(client.Base, Cancelled));
        Assert.Equal(AirtableFailure.NotAsked, failure.Failure);

        clock.Advance(TimeSpan.FromSeconds(2));
        await waiting;
    }

    [Fact]
    public async Task Request_CancelledDuringAPause_LeavesItsTurnToOthers()
    {
        var clock = new FakeClock();
        await using var server = await ScriptedAirtable.StartAsync(
            (429, ScriptedAirtable.TooManyRequests), (200, ScriptedAirtable.NoTables));
        await using var client = new Client(server.Address, clock, ("RequestsPerSecond", "2"));
        using var giveUp = new CancellationTokenSource();

        var refused = client.Api.ListTablesAsync(client.Base, giveUp.Token);
        await AwaitAsync(server, clock, requests: 1, timers: 2);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refused);

        clock.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.Api.ListTablesAsync(client.Base, Cancelled)));
        Assert.Equal(3, server.Requests.Count);
    }

    private static Task AwaitAsync(ScriptedAirtable server, FakeClock clock, int requests, int timers) => Eventually.TrueAsync(
        () => Task.FromResult(server.Requests.Count >= requests && clock.WaitingTimers == timers),
        $"{requests} requests and {timers} timers",
        Cancelled);
}
