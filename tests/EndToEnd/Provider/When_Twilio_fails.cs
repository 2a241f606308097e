using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Provider;

/// <summary>Every way that Twilio can fail to take a text, or to say that it did: no copy too many, none too few.</summary>
public sealed class When_Twilio_fails(ProductSystem product) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // For calls that had left before the answer came.
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(1);

    // A tenth is promised on an idle machine.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    private static readonly string[] OpenOutcomes = ["accept500", "acceptHang", "acceptReset", "reset", "e500", "healthy"];

    [Fact]
    public async Task Should_deliver_once_when_it_answers_500_and_503_for_a_while()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        await product.Simulator.AddFaultAsync(new { mode = "e500", probability = 0.5, seed = driver.Seed });
        await product.Simulator.AddFaultAsync(new { mode = "e503" });
        var before = await product.Simulator.LastCallAsync();

        await driver.DriveAsync(Webhook.Round(driver.Run, 300 * Driver.Scale, crowd), perSecond: 100);
        var calls = await product.Simulator.CallsAsync(before);
        await product.Simulator.ClearFaultsAsync();

        // The circuit breaker and the back-off keep the outage from being met with a storm.
        Assert.InRange(calls.Count(call => call.Operation == "send"), 1, 300);
        AnsweredQuickly(driver);
        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Fact]
    public async Task Should_not_call_before_the_time_that_a_429_names()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        var before = await product.Simulator.LastCallAsync();
        await product.Simulator.AddFaultAsync(new { mode = "e429", retryAfterSeconds = (int)RetryAfter.TotalSeconds, calls = 1 });

        await driver.DriveAsync(Webhook.Round(driver.Run, 100 * Driver.Scale, crowd), perSecond: 50);

        await Judge.ExactlyOnceAsync(product, driver);
        var calls = await product.Simulator.CallsAsync(before);
        var refused = Assert.Single(calls, call => call.Status == 429);
        Assert.DoesNotContain(
            calls,
            call => call.Operation == "send" && call.At > refused.At + UnderWay && call.At < refused.At + RetryAfter);
    }

    [Fact]
    public async Task Should_deliver_once_when_the_outcome_is_open()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        foreach (var mode in OpenOutcomes[..^1])
        {
            await product.Simulator.AddFaultAsync(new { mode, contains = $" {mode}", calls = 20 });
        }

        // A status callback would settle the outcome; without them only Twilio's list can.
        await product.Simulator.LifeCycleAsync("off");
        var before = await product.Simulator.LastCallAsync();
        await driver.DriveAsync(
            Webhook.Round(driver.Run, 120 * Driver.Scale, crowd, index => OpenOutcomes[index % OpenOutcomes.Length]),
            perSecond: 100);

        await Judge.ExactlyOnceAsync(product, driver);
        var calls = await product.Simulator.CallsAsync(before);
        Assert.All(
            OpenOutcomes[..^1],
            mode => Assert.Contains(calls, call => mode.Equals(call.Fault, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(calls, call => call.Operation == "list");
    }

    [Fact]
    public async Task Should_drain_the_backlog_when_it_hangs_and_is_slow()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        await product.Simulator.AddFaultAsync(new { mode = "slow", delayMs = 2000, probability = 0.7, seed = driver.Seed });
        await product.Simulator.AddFaultAsync(new { mode = "hang" });

        await driver.DriveAsync(Webhook.Round(driver.Run, 300 * Driver.Scale, crowd), perSecond: 100);
        await product.Simulator.ClearFaultsAsync();

        AnsweredQuickly(driver);
        await Judge.ExactlyOnceAsync(product, driver);
    }

    public async ValueTask DisposeAsync()
    {
        await product.Simulator.LifeCycleAsync("normal");
        await product.Simulator.ClearFaultsAsync();
    }

    // Twilio's trouble must not reach the webhook: it only stores.
    private static void AnsweredQuickly(Driver driver)
    {
        Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));
        Assert.InRange(driver.Percentile(99), TimeSpan.Zero, LongestAnswer);
    }
}
