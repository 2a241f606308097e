using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>Texts flow without them; what they were to hear of reaches them once they are back.</summary>
public sealed class When_the_other_services_are_killed(ProductSystem product)
{
    private const int Strangers = 10;

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_go_on_relaying_and_tell_them_later(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        var strangers = FictionNumbers.Next(Strangers).Select(number => crowd.Clients[0] with { Real = number }).ToList();
        var load = driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 300), crowd), perSecond: 100);

        await Task.Delay(driver.Jittered(TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken);
        await Task.WhenAll(product.Services.Select(service => service.KillAsync()));
        await load;
        var unknown = strangers.Select((stranger, index) => Webhook.Of(driver.Run, 90_000 + index, crowd.Sitters[0], stranger));
        await driver.DriveAsync([.. unknown], perSecond: 100);
        await Until.TrueAsync(
            async () => (await Judge.RelayedAsync(product, driver)).Count == driver.Sent.Count, "every text to be relayed");
        await Task.WhenAll(product.Services.Select(service => service.StartAsync(TestContext.Current.CancellationToken)));

        Assert.All(driver.Answers, answer => Assert.Equal(200, answer.Status));
        await Judge.ExactlyOnceAsync(product, driver);
        var numbers = string.Join(',', strangers.Select(stranger => $"'{stranger.Real}'"));
        await Until.QueryAsync(
            product,
            $"""
            SELECT count(DISTINCT client.id) = {Strangers} FROM sync.client_phones phone
            JOIN sync.clients client ON client.id = phone.client_id
            WHERE client.provisional AND phone.number IN ({numbers})
            """,
            "each stranger's record, once");
    }
}
