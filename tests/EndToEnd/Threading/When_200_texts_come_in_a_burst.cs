using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Threading;

/// <summary>Order is kept inside a conversation, whatever the number of workers.</summary>
public sealed class When_200_texts_come_in_a_burst(ProductSystem product)
{
    private const int Texts = 200;

    [Fact]
    public async Task Should_arrive_in_order_with_two_instances()
    {
        var sitter = await product.Town.AddSitterAsync();
        var client = (await product.Town.AddClientsAsync(1))[0];
        using var driver = new Driver(product);
        var texts = Enumerable.Range(0, Texts).Select(index => Webhook.Of(driver.Run, index, sitter, client)).ToList();

        // Each waits for the answer to the one before, which is what makes the order; the instances take turns.
        foreach (var (index, text) in texts.Index())
        {
            await driver.PostUntilAnsweredAsync(text, product.Gateways[index % product.Gateways.Count].Address!);
        }

        await Judge.ExactlyOnceAsync(product, driver);
        var relayed = await Judge.RelayedAsync(product, driver);
        Assert.Equal(texts.Select(text => text.Id), relayed.Select(text => text.Id));
    }
}
