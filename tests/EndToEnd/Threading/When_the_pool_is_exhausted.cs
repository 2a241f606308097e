using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Threading;

/// <summary>No free pool number: texts are held, not lost, and go out in order as soon as there is one.</summary>
public sealed class When_the_pool_is_exhausted(ProductSystem product)
{
    private const int Late = 5;

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_hold_texts_and_deliver_them_when_numbers_are_imported(int run)
    {
        var sitter = await product.Town.AddSitterAsync();
        var pool = product.Town.Pool.Count;
        var clients = await product.Town.AddClientsAsync(pool + Late);
        using var driver = new Driver(product, run);

        // All at once, so that both instances fight for the last numbers.
        var first = clients.Select((client, index) => Webhook.Of(driver.Run, index, sitter, client)).ToList();
        await driver.DriveAsync(first, perSecond: 1000);
        await Until.QueryAsync(
            product, "SELECT count(*) = 0 FROM gateway.inbound WHERE state = 0", "every text to be decided on");

        Assert.Equal(pool, await Until.ReadAsync<long>(
            product, $"SELECT count(*) FROM gateway.sessions WHERE open AND sitter_id = '{sitter.Id}'"));
        Assert.Equal(Late, await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.inbound WHERE state = 2"));

        // The held ones write on.
        var served = await ServedAsync(driver, pool);
        var held = clients.Where((_, index) => !served.Contains(first[index].Id)).ToList();
        Assert.Equal(Late, held.Count);
        var second = held.Select((client, index) => Webhook.Of(driver.Run, clients.Count + index, sitter, client)).ToList();
        await driver.DriveAsync(second, perSecond: 100);
        await product.Town.AddPoolAsync(Late);

        await Judge.ExactlyOnceAsync(product, driver);
        var relayed = await Judge.RelayedAsync(product, driver);
        Assert.Equal(first.Count + second.Count, relayed.Count);
        Assert.All(
            held,
            client => Assert.Equal(
                driver.Sent.Values.Where(text => text.From == client.Real).Select(text => text.Id).Order(),
                relayed.Where(text => driver.Sent[text.Id].From == client.Real).Select(text => text.Id)));
        Assert.Equal(clients.Count, relayed.Select(text => text.Message.From).Distinct().Count());
    }

    private async Task<HashSet<string>> ServedAsync(Driver driver, int expected)
    {
        await Until.TrueAsync(
            async () => (await Judge.RelayedAsync(product, driver)).Count >= expected, "the served texts to arrive");
        return [.. (await Judge.RelayedAsync(product, driver)).Select(text => text.Id)];
    }
}
