using System.Security.Cryptography;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Provider;

/// <summary>Reports come in any order and any number; the state only grows, and the history is complete.</summary>
public sealed class When_status_callbacks_come_out_of_turn(ProductSystem product) : IAsyncDisposable
{
    private const string StatusPath = "/webhooks/twilio/status";

    private static readonly string[] Orders = ["reverse", "duplicated", "late"];
    private static readonly int Texts = Load.Texts(brief: 20);

    /// <summary>Each way in which callbacks can come, as often as everything is run.</summary>
    public static TheoryData<string, int> OrdersAndRuns =>
        [.. Orders.SelectMany(order => Load.Runs.Select(run => (order, run.Data)))];

    [Theory]
    [MemberData(nameof(OrdersAndRuns))]
    public async Task Should_end_as_delivered_with_the_whole_history_when_they_are(string callbacks, int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await product.Simulator.LifeCycleAsync(callbacks);

        await driver.DriveAsync(Webhook.Round(driver.Run, Texts, crowd), Load.PerSecond(brief: 100));

        await Judge.ExactlyOnceAsync(product, driver);
        await DeliveredAsync(driver, Texts);
        foreach (var status in (string[])["sent", "delivered"])
        {
            await Until.QueryAsync(
                product,
                $"""
                SELECT count(*) = {Texts} FROM gateway.status_events report
                JOIN gateway.outbound text USING (provider_sid)
                WHERE text.body LIKE '%#{driver.Run}-%' AND report.status = '{status}'
                """,
                $"the history to hold {status} of each text");
        }
    }

    [Fact]
    public async Task Should_stay_delivered_when_failed_comes_afterwards()
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        await driver.DriveAsync(Webhook.Round(driver.Run, 1, crowd), perSecond: 100);
        await Judge.ExactlyOnceAsync(product, driver);
        await DeliveredAsync(driver, 1);
        var sid = (await Judge.RelayedAsync(product, driver))[0].Message.Sid;

        Assert.Equal(204, await product.Simulator.CallbackAsync(sid, "failed", 30003));

        await DeliveredAsync(driver, 1);
    }

    [Fact]
    public async Task Should_keep_a_report_on_a_text_that_nobody_knows()
    {
        var sid = "SM" + RandomNumberGenerator.GetHexString(32, lowercase: true);

        Assert.Equal(204, await product.Simulator.CallbackAsync(
            sid, "delivered", url: new Uri(product.PublicUrl, StatusPath)));

        Assert.Equal(1, await Until.ReadAsync<long>(
            product, $"SELECT count(*) FROM gateway.status_events WHERE provider_sid = '{sid}' AND status = 'delivered'"));
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_end_as_delivered_when_they_come_before_the_answer_to_the_send(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await product.Simulator.AddFaultAsync(new { mode = "acceptSlow", delayMs = 1500 });

        await driver.DriveAsync(Webhook.Spread(driver.Run, Texts, crowd), Load.PerSecond(brief: 100));

        await Judge.ExactlyOnceAsync(product, driver);
        await DeliveredAsync(driver, Texts);
    }

    public async ValueTask DisposeAsync()
    {
        await product.Simulator.LifeCycleAsync("normal");
        await product.Simulator.ClearFaultsAsync();
    }

    private Task DeliveredAsync(Driver driver, int texts) =>
        Until.QueryAsync(
            product,
            $"SELECT count(*) = {texts} FROM gateway.outbound WHERE state = 7 AND body LIKE '%#{driver.Run}-%'",
            "every text to be delivered");
}
