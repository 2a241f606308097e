using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Provider;

/// <summary>Every way that Twilio can fail to take a text, or to say that it did: no copy too many, none too few.</summary>
public sealed class When_Twilio_fails(ProductSystem product) : IAsyncDisposable
{
    private const string OtherAccount = "AC00000000000000000000000000000002";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // What is promised for all but a hundredth on an idle machine is 10 ms. Asserted in full runs only: a time depends on the machine.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    // Promised after Twilio's recovery, and kept while it is slow. Asserted in full runs only, as well.
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(60);

    // The gateway's gate shuts when so many calls have failed.
    private const int GateThroughput = 20;

    // Of each kind. Once the gates are shut they are met one at a time.
    private static readonly int FaultyCalls = Load.IsFull ? 20 : 8;

    private const string Shut = "Most calls to Twilio fail";
    private static readonly string[] GateLines = [Shut, "Twilio answers again", "Application started"];

    private static readonly string[] Gateways = ["gateway-a", "gateway-b"];

    private static readonly string[] OpenOutcomes = ["accept500", "acceptHang", "acceptReset", "reset", "e500", "healthy"];

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_deliver_once_when_it_answers_500_and_503_for_a_while(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await product.Simulator.AddFaultAsync(new { mode = "e500", probability = 0.5, seed = driver.Seed });
        await product.Simulator.AddFaultAsync(new { mode = "e503" });
        var before = await product.Simulator.LastCallAsync();

        await driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 300), crowd), Load.PerSecond(brief: 100));
        await Until.TrueAsync(
            async () => (await SendsByThreadAsync(before)).Any(sends => sends.Count > 1), "a text to be tried again");
        var threads = await SendsByThreadAsync(before);
        await product.Simulator.ClearFaultsAsync();

        // Nobody is asked again before its time: the outage is not met with a storm, whose first drop is enough to shut the gate.
        Assert.All(
            threads.SelectMany(sends => sends.Zip(sends.Skip(1), (earlier, later) => later.At - earlier.At)),
            wait => Assert.InRange(wait, ServiceSettings.SettleTime, TimeSpan.MaxValue));
        driver.Note($"{threads.Sum(sends => sends.Count)} calls in the outage");
        AnsweredAll(driver);
        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_not_call_before_the_time_that_a_429_names(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await Judge.DrainedAsync(product);
        var texts = Webhook.Round(driver.Run, Load.Texts(brief: 100), crowd);
        var before = await product.Simulator.LastCallAsync();
        await ExecuteAsync($"INSERT INTO gateway.provider_pauses VALUES ('{OtherAccount}', now() + interval '1 hour')");
        await product.Simulator.AddFaultAsync(new { mode = "e429", retryAfterSeconds = (int)RetryAfter.TotalSeconds, calls = 1 });

        // The others come when both instances can know of it, so that no call of theirs had left before.
        await driver.DriveAsync([texts[0]], perSecond: 1);
        await Until.QueryAsync(
            product,
            $"SELECT count(*) > 0 FROM gateway.provider_pauses WHERE account_sid <> '{OtherAccount}' AND until > now()",
            "the pause");
        await driver.DriveAsync([.. texts.Skip(1)], Load.PerSecond(brief: 50));

        // All of it long before the hour of another account is over.
        await Judge.ExactlyOnceAsync(product, driver);
        var sends = (await product.Simulator.CallsAsync(before)).Where(call => call.Operation == "send").ToList();
        Assert.Equal(429, sends[0].Status);
        Assert.DoesNotContain(sends.Skip(1), call => call.At < sends[0].At + RetryAfter);
        driver.Note($"next call after {sends[1].At - sends[0].At}");
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_deliver_once_when_the_outcome_is_open(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        foreach (var mode in OpenOutcomes[..^1])
        {
            await product.Simulator.AddFaultAsync(new { mode, contains = $" {mode}", calls = FaultyCalls });
        }

        // A status callback would settle the outcome; without them only Twilio's list can.
        await product.Simulator.LifeCycleAsync("off");
        var before = await product.Simulator.LastCallAsync();
        await driver.DriveAsync(
            Webhook.Round(driver.Run, Load.Texts(brief: 120), crowd, index => OpenOutcomes[index % OpenOutcomes.Length]),
            Load.PerSecond(brief: 100));

        await Judge.ExactlyOnceAsync(product, driver);
        var calls = await product.Simulator.CallsAsync(before);
        Assert.All(
            OpenOutcomes[..^1],
            mode => Assert.Contains(calls, call => mode.Equals(call.Fault, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(calls, call => call.Operation == "list");
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_keep_up_when_it_takes_two_seconds_for_each_text(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await product.Simulator.AddFaultAsync(new { mode = "slow", delayMs = 2000 });

        await driver.DriveAsync(Webhook.Spread(driver.Run, Load.Texts(brief: 500), crowd), perSecond: 200);
        AnsweredAll(driver);

        // While it is as slow as before.
        await DrainedAsync(driver);
        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_give_up_calls_that_hang_and_hardly_make_more_of_them(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await product.Simulator.AddFaultAsync(new { mode = "hang" });

        // The one that gets most of them shuts first; the other then takes what it leaves, until it shuts as well.
        await driver.DriveAsync(Webhook.Spread(driver.Run, 8 * GateThroughput, crowd), perSecond: 200);
        await Until.TrueAsync(
            () => Task.FromResult(Gateways.All(IsShut)),
            () => Task.FromResult($"both gates to shut; shut: {string.Join(", ", Gateways.Where(IsShut))}"));

        // What had passed them before must have ended, too.
        await Until.QueryAsync(
            product, $"SELECT count(*) <= {2 * Gateways.Length} FROM gateway.outbound WHERE state = 1", "all but a few calls to be given up");
        var before = await product.Simulator.LastCallAsync();
        var more = Load.Texts(brief: 300);
        await driver.DriveAsync(Webhook.Spread(driver.Run, more, crowd, first: driver.Sent.Count), perSecond: 200);
        var calls = (await product.Simulator.CallsAsync(before)).Count(call => call.Operation == "send");
        await product.Simulator.ClearFaultsAsync();

        driver.Note($"{calls} calls of {more}");
        Assert.InRange(calls, 0, more / 3);
        AnsweredAll(driver);
        await DrainedAsync(driver);
        await Judge.ExactlyOnceAsync(product, driver);
    }

    public async ValueTask DisposeAsync()
    {
        await product.Simulator.LifeCycleAsync("normal");
        await product.Simulator.ClearFaultsAsync();
        await ExecuteAsync($"DELETE FROM gateway.provider_pauses WHERE account_sid = '{OtherAccount}'");
    }

    // Twilio's trouble must not reach the webhook: it only stores. Each answer came while the trouble lasted.
    private static void AnsweredAll(Driver driver)
    {
        Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));
        if (Load.IsFull)
        {
            Assert.InRange(driver.Percentile(99), TimeSpan.Zero, LongestAnswer);
        }
    }

    // What its log says last of its gate: open at its start.
    private bool IsShut(string gateway) =>
        product.Output.LinesOf(gateway).LastOrDefault(line => GateLines.Any(line.Contains))?.Contains(Shut, StringComparison.Ordinal) == true;

    private async Task DrainedAsync(Driver driver)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Judge.DrainedAsync(product);
        var took = TimeProvider.System.GetElapsedTime(started);
        driver.Note($"drained after {took.TotalSeconds:0.0} s");
        if (Load.IsFull)
        {
            Assert.InRange(took, TimeSpan.Zero, LongestDrain);
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<SimulatedCall>>> SendsByThreadAsync(long after) =>
    [
        .. (await product.Simulator.CallsAsync(after))
            .Where(call => call.Operation == "send")
            .GroupBy(call => (call.From, call.To), (_, calls) => calls.ToList()),
    ];

    private async Task ExecuteAsync(string sql)
    {
        await using var command = product.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
