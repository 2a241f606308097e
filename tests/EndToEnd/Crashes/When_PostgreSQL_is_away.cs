using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>What cannot be stored is refused at once with 503, and comes in by Twilio's retry.</summary>
public sealed class When_PostgreSQL_is_away(ProductSystem product)
{
    private static readonly TimeSpan Stopped = TimeSpan.FromSeconds(30);

    // One second is promised, on an idle machine.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    // Two seconds are promised; the rest is for a busy machine.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Should_lose_nothing_and_recover_at_once_when_it_is_killed_under_load()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        var load = driver.DriveAsync(Webhook.Round(driver.Run, 800 * Driver.Scale, crowd), perSecond: 150);

        await Task.Delay(driver.Jittered(TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken);
        await product.Postgres.KillAsync();

        // The simulator repeats as Twilio does: as often and as long as the webhook's URL asks for.
        var retried = product.Simulator.TextAsync(
            crowd.Clients[0].Real, crowd.Sitters[0].Reserved, $"wombat by retry {driver.Run}");
        await product.Postgres.StartAsync(TestContext.Current.CancellationToken);
        var back = TimeProvider.System.GetUtcNow();
        await load;

        OnlyRefused(driver);
        Assert.DoesNotContain(driver.Answers, answer => !answer.IsSuccess && answer.PostedAt > back + Recovery);
        Assert.Equal(200, (await retried).WebhookStatus);
        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Single(await product.Simulator.AcceptedAsync($"wombat by retry {driver.Run}"));
    }

    [Fact]
    public async Task Should_answer_503_only_and_relay_the_retries_when_it_is_stopped()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        await product.Postgres.StopAsync();
        var load = driver.DriveAsync(Webhook.Round(driver.Run, 300 * Driver.Scale, crowd), perSecond: 60);
        await Task.Delay(Stopped, TestContext.Current.CancellationToken);

        Assert.NotEmpty(driver.Answers);
        Assert.All(driver.Answers, answer => Assert.Equal(503, answer.Status));
        await product.Postgres.StartAsync(TestContext.Current.CancellationToken);
        await load;

        OnlyRefused(driver);
        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Equal(driver.Sent.Count, driver.Acknowledged.Count);
    }

    private static void OnlyRefused(Driver driver)
    {
        Assert.All(driver.Answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal(503, answer.Status));
        Assert.All(driver.Answers, answer => Assert.InRange(answer.Took, TimeSpan.Zero, LongestAnswer));
    }
}
