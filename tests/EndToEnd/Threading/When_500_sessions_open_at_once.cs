using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Threading;

/// <summary>Unique allocation holds with two instances that choose numbers at the same time.</summary>
public sealed class When_500_sessions_open_at_once(ProductSystem product)
{
    private const int Sitters = 10;

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_never_show_a_sitter_two_clients_under_one_number(int run)
    {
        var sitters = await product.Town.AddSittersAsync(Sitters);
        var clients = (await product.Town.CrowdAsync()).Clients;
        using var driver = new Driver(product, run);
        var texts = sitters
            .SelectMany(sitter => clients.Select(client => (sitter, client)))
            .Select((pair, index) => Webhook.Of(driver.Run, index, pair.sitter, pair.client))
            .ToArray();
        Assert.Equal(500, texts.Length);
        driver.Random.Shuffle(texts);

        await driver.DriveAsync(texts, perSecond: 1000);

        await Judge.ExactlyOnceAsync(product, driver);
        var relayed = await Judge.RelayedAsync(product, driver);
        Assert.Equal(texts.Length, relayed.Count);
        Assert.All(
            relayed.GroupBy(text => text.Message.To),
            ofSitter => Assert.Equal(clients.Count, ofSitter.Select(text => text.Message.From).Distinct().Count()));
        Assert.All(relayed, text => Assert.Contains(text.Message.From, product.Town.Pool));
        Assert.Equal(0, await Until.ReadAsync<long>(product, """
            SELECT count(*) FROM (SELECT FROM gateway.sessions WHERE open
                GROUP BY sitter_id, pool_number HAVING count(*) > 1) AS shared
            """));
    }
}
