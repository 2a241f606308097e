using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Webhooks;

/// <summary>Twilio delivers at least once; the product relays once, and answers every delivery the same.</summary>
public sealed class When_a_webhook_repeats(ProductSystem product)
{
    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_send_once_when_it_is_delivered_five_times(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var texts = Webhook.Round(driver.Run, Load.Texts(brief: 20), crowd);

        for (var time = 0; time < 5; time++)
        {
            await driver.DriveAsync(texts, perSecond: 200);
        }

        Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(texts.Count * 5, driver.Answers.Count);
        Assert.Single(driver.Answers.Select(answer => answer.Content).Distinct());
        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_send_once_when_every_fifth_is_delivered_twice(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var texts = Webhook.Round(driver.Run, Load.Texts(brief: 200), crowd);

        await driver.DriveAsync([.. texts.SelectMany((text, index) => Enumerable.Repeat(text, index % 5 == 0 ? 2 : 1))], perSecond: 200);

        Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(texts.Count * 6 / 5, driver.Answers.Count);
        Assert.Single(driver.Answers.Select(answer => answer.Content).Distinct());
        await Judge.ExactlyOnceAsync(product, driver);
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_send_once_when_it_is_delivered_fifty_times_at_once_to_two_instances(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var text = Webhook.Round(driver.Run, 1, crowd)[0];

        var answers = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(index => driver.PostAsync(text, product.Gateways[index % product.Gateways.Count].Address!)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => answer.Content).Distinct());
        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Equal(1, await Until.ReadAsync<long>(
            product, $"SELECT count(*) FROM gateway.inbound WHERE provider_sid = '{text.Sid}'"));
    }

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_do_nothing_when_it_is_replayed_after_everything_has_ended(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var texts = Webhook.Round(driver.Run, Load.Texts(brief: 10), crowd);
        await driver.DriveAsync(texts, Load.PerSecond(brief: 100));
        await Judge.ExactlyOnceAsync(product, driver);
        var before = await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.outbound");

        await driver.DriveAsync(texts, Load.PerSecond(brief: 100));

        Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));
        await Judge.ExactlyOnceAsync(product, driver);
        Assert.Equal(before, await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.outbound"));
    }
}
