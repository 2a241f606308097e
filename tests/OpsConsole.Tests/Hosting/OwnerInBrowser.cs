using Microsoft.Playwright;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>The owner in a real browser, at a desk and on a phone, before a console whose services answer.</summary>
/// <param name="pictures">What the names of this class's pictures begin with.</param>
public abstract class OwnerInBrowser(string pictures) : IAsyncLifetime
{
    protected const int Phone = 390;
    protected const int Desk = 1280;

    private const float Patience = 30_000;

    private Chromium _chromium = null!;

    private protected RunningConsole Console { get; private set; } = null!;

    private protected Records Records => Console.Records;

    public async ValueTask InitializeAsync()
    {
        Console = await RunningConsole.StartAsync(Given(), forBrowser: true);
        Prepare();
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _chromium.DisposeAsync();
        await Console.DisposeAsync();
    }

    /// <summary>What the services know; the sample data when not said.</summary>
    private protected virtual Records? Given() => null;

    /// <summary>Adds what the services know beside it.</summary>
    private protected virtual void Prepare()
    {
    }

    private protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private protected async Task<IPage> OpenAsync(string path, int width)
    {
        var page = await _chromium.OwnerAsync(Console.Host, width);
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(Address(path));
        return page;
    }

    private protected string Address(string path) => new Uri(Console.Host.Address, path).ToString();

    /// <summary>Nothing is wider than the screen. For the documents: PHONEMASKING_PICTURES names a folder for pictures.</summary>
    private protected async Task ShowAsync(IPage page, string name, int width)
    {
        // A page is there before its style sheet is, and then as wide as its words.
        await page.WaitForLoadStateAsync(LoadState.Load);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        if (Environment.GetEnvironmentVariable("PHONEMASKING_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{pictures}-{name}-{width}.png"), FullPage = true });
        }
    }
}
