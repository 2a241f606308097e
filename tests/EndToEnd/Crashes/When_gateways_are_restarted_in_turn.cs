using System.Diagnostics;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>A new version is rolled out while texts come in: SIGTERM, drain, start, one instance after the other.</summary>
public sealed class When_gateways_are_restarted_in_turn(ProductSystem product)
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_lose_nothing_and_end_by_themselves(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var load = driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 600), crowd), Load.PerSecond(brief: 100));

        foreach (var gateway in product.Gateways)
        {
            await Task.Delay(driver.Jittered(TimeSpan.FromSeconds(0.8)), TestContext.Current.CancellationToken);
            var started = Stopwatch.GetTimestamp();
            await gateway.StopAsync();
            Assert.Equal(0, await gateway.Exited);
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, LongestDrain);
            await gateway.StartAsync(TestContext.Current.CancellationToken);
        }

        await load;
        await Judge.ExactlyOnceAsync(product, driver);
    }
}
