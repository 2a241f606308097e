using PhoneMasking.Browsing;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Browser;

/// <summary>What anybody can try without an account: two phones in a browser, and masking at a glance.</summary>
public sealed class When_two_people_text_in_the_browser(ProductSystem product, Chromium chromium)
{
    [Fact]
    public async Task Should_never_show_either_of_them_the_number_of_the_other()
    {
        var sitter = await product.Town.AddSitterAsync();
        var client = (await product.Town.AddClientsAsync(1))[0];
        await product.Simulator.AddPersonAsync("browser-sitter", sitter.Name, sitter.Real);
        await product.Simulator.AddPersonAsync("browser-client", client.Name, client.Real);
        await using var clientPhone = await BrowserPhone.OpenAsync(chromium, product, "browser-client");
        await using var sitterPhone = await BrowserPhone.OpenAsync(chromium, product, "browser-sitter");

        await clientPhone.StartThreadAsync(sitter.Reserved);
        foreach (var turn in Enumerable.Range(1, 3))
        {
            await clientPhone.TypeAsync($"wombat question {turn}");
            await sitterPhone.WaitForAsync($"[{client.Name}]: wombat question {turn}");
            await sitterPhone.TypeAsync($"wombat answer {turn}");
            await clientPhone.WaitForAsync($"wombat answer {turn}");
        }

        Assert.Equal(["wombat answer 1", "wombat answer 2", "wombat answer 3"], await clientPhone.IncomingAsync());
        Assert.Equal(1, await clientPhone.ThreadsAsync());
        Assert.Equal(1, await sitterPhone.ThreadsAsync());
        Assert.Contains(await clientPhone.ThreadAsync(), Written(sitter.Reserved));
        Assert.Contains(product.Town.Pool.SelectMany(Written), (await sitterPhone.ThreadAsync()).Equals);
        await SeenAsync(clientPhone, own: client.Real, other: sitter.Real);
        await SeenAsync(sitterPhone, own: sitter.Real, other: client.Real);
    }

    private static async Task SeenAsync(BrowserPhone phone, string own, string other)
    {
        var seen = await phone.EverythingSeenAsync();

        // The own number proves that a number would be found.
        Assert.Contains(Written(own), form => seen.Contains(form, StringComparison.Ordinal));
        Assert.DoesNotContain(Written(other), form => seen.Contains(form, StringComparison.Ordinal));
    }

    // Every way in which a page may write a number.
    private static string[] Written(string number) =>
        [number, number[2..], $"({number[2..5]}) {number[5..8]}-{number[8..]}"];
}
