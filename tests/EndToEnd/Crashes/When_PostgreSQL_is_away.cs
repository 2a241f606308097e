using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>What cannot be stored is refused at once with 503, and comes in by Twilio's retry.</summary>
public sealed class When_PostgreSQL_is_away(ProductSystem product)
{
    private const int MostRefused = 50;
    private const int PerSecond = 200;

    // A gateway tries that long to store a text, so a restart that is shorter shows only in the times.
    private static readonly TimeSpan Bridged = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Stopped = Load.Lasting(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(30));

    // What is promised of a refusal; what is taken after all may have waited longer for its connection. Asserted in full runs
    // only, as what a restart of unknown length costs: a time depends on the machine.
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);

    /// <summary>How it ends: by default only the one; the other is a crash of the machine.</summary>
    public static TheoryData<string, int> Ends =>
        [.. (Load.IsFull ? (string[])["immediately", "killed"] : ["immediately"]).SelectMany(end => Load.Runs.Select(run => (end, run.Data)))];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Should_lose_nothing_and_hardly_be_noticed_when_it_is_restarted_under_load(string end, int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var load = driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 800), crowd), PerSecond);

        await driver.InMidLoadAsync();
        var away = TimeProvider.System.GetUtcNow();
        await (end == "killed" ? product.Postgres.KillAsync() : product.Postgres.StopImmediatelyAsync());
        var ended = TimeProvider.System.GetUtcNow();

        // The simulator repeats as Twilio does: as often and as long as the webhook's URL asks for.
        var retried = product.Simulator.TextAsync(
            crowd.Clients[0].Real, crowd.Sitters[0].Reserved, $"wombat by retry {driver.Run}");
        await product.Postgres.StartAsync(TestContext.Current.CancellationToken);
        var back = TimeProvider.System.GetUtcNow();
        await load;

        OnlyRefused(driver);
        var refused = driver.Answers.Where(answer => !answer.IsSuccess).ToList();
        driver.Note($"ended in {(ended - away).TotalMilliseconds:0} ms, back after {(back - away).TotalMilliseconds:0} ms, {refused.Count} refused, "
            + $"of these {refused.Count(answer => answer.PostedAt > back)} posted after its return");
        Assert.InRange(refused.Count(answer => answer.PostedAt > back), 0, MostRefused);
        if (back - away < Bridged || (Load.IsFull && end == "immediately"))
        {
            // How long PostgreSQL takes to come back is not the product's doing: what is posted beyond the bridged time may be refused.
            var beyond = Math.Max(0, (back - away - Bridged).TotalSeconds);
            Assert.InRange(refused.Count, 0, MostRefused + (int)(PerSecond * beyond));
        }

        Assert.Equal(200, (await retried).WebhookStatus);
        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Equal(driver.Sent.Count, driver.Acknowledged.Count);
        Assert.Single(await product.Simulator.AcceptedAsync($"wombat by retry {driver.Run}"));
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_answer_503_only_and_relay_the_retries_when_it_is_stopped(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await product.Postgres.StopAsync();
        var load = driver.DriveAsync(
            Webhook.Round(driver.Run, Load.Texts(brief: 300), crowd), Load.PerSecond(brief: 60));
        await Task.Delay(Stopped, TestContext.Current.CancellationToken);

        Assert.NotEmpty(driver.Answers);
        Assert.All(driver.Answers, answer => Assert.Equal(503, answer.Status));
        driver.Note($"{driver.Answers.Count} refused");
        await product.Postgres.StartAsync(TestContext.Current.CancellationToken);
        await load;

        OnlyRefused(driver);
        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Equal(driver.Sent.Count, driver.Acknowledged.Count);
    }

    private static void OnlyRefused(Driver driver)
    {
        Assert.All(driver.Answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal(503, answer.Status));
        if (Load.IsFull)
        {
            Assert.InRange(Longest(driver, taken: false), TimeSpan.Zero, LongestRefusal);
            Assert.InRange(Longest(driver, taken: true), TimeSpan.Zero, LongestAnswer);
        }
    }

    private static TimeSpan Longest(Driver driver, bool taken) =>
        driver.Answers.Where(answer => answer.IsSuccess == taken).Select(answer => answer.Took).DefaultIfEmpty().Max();
}
