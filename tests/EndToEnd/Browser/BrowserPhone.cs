using Microsoft.Playwright;
using PhoneMasking.Browsing;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Browser;

/// <summary>A simulator phone in a browser page of its own, used the way a person uses it.</summary>
internal sealed class BrowserPhone : IAsyncDisposable
{
    // Keeps every text that the page ever showed, however briefly.
    private const string Recorder = """
        window.seen = new Set();
        const record = () => document.body && window.seen.add(document.body.innerText);
        new MutationObserver(record).observe(document, { subtree: true, childList: true, characterData: true });
        addEventListener('load', record);
        """;

    private readonly IPage _page;

    private BrowserPhone(IPage page) => _page = page;

    private ILocator Incoming => _page.GetByTestId("message-in");

    /// <summary>Opens the phone of a person that the simulator knows.</summary>
    public static async Task<BrowserPhone> OpenAsync(Chromium chromium, ProductSystem product, string person)
    {
        var context = await chromium.OpenAsync();
        await context.AddInitScriptAsync(Recorder);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(product.Simulator.Address, $"/?phones={person}").ToString());
        await page.GetByTestId("phone-0").WaitForAsync();
        return new BrowserPhone(page);
    }

    /// <summary>Begins a thread with a number.</summary>
    public async Task StartThreadAsync(string number)
    {
        await _page.GetByTestId("new-thread").ClickAsync();
        await _page.GetByTestId("new-number").FillAsync(number);
        await _page.GetByTestId("new-start").ClickAsync();
    }

    /// <summary>Types a text into the open thread and sends it.</summary>
    public async Task TypeAsync(string text)
    {
        await _page.GetByTestId("compose").FillAsync(text);
        await _page.GetByTestId("send").ClickAsync();
    }

    /// <summary>Returns once a text has come in.</summary>
    public Task WaitForAsync(string text) =>
        Incoming.GetByText(text, new LocatorGetByTextOptions { Exact = true }).WaitForAsync();

    /// <summary>The texts that came in to the open thread, in order.</summary>
    public async Task<IReadOnlyList<string>> IncomingAsync() => await Incoming.Locator(".bubble").AllInnerTextsAsync();

    /// <summary>The number that the open thread is with, as the phone writes it.</summary>
    public Task<string> ThreadAsync() => _page.GetByTestId("thread-title").InnerTextAsync();

    /// <summary>How many threads the phone has.</summary>
    public Task<int> ThreadsAsync() => _page.GetByTestId("thread").CountAsync();

    /// <summary>All that the page has ever shown, its markup now included.</summary>
    public async Task<string> EverythingSeenAsync() =>
        await _page.EvaluateAsync<string>("[...window.seen].join('\\n')") + await _page.ContentAsync();

    public async ValueTask DisposeAsync() => await Chromium.CloseAsync(_page.Context);
}
