using Microsoft.Playwright;
using PhoneMasking.Browsing;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>The owner in a real browser, at a desk and on a phone, before a console whose services answer.</summary>
/// <param name="chromium">The browser of all tests; each test has a window of its own.</param>
/// <param name="pictures">What the names of this class's pictures begin with.</param>
public abstract class OwnerInBrowser(Chromium chromium, string pictures) : IAsyncLifetime
{
    protected const int Phone = 390;
    protected const int Desk = 1280;

    private const int Height = 844;

    private IBrowserContext? _window;

    private protected RunningConsole Console { get; private set; } = null!;

    private protected Records Records => Console.Records;

    public async ValueTask InitializeAsync()
    {
        Console = await RunningConsole.StartAsync(Given(), forBrowser: true);
        Prepare();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Chromium.CloseAsync(_window);
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
        _window = await chromium.OpenAsync(new() { ViewportSize = new() { Width = width, Height = Height } });
        var page = await _window.NewPageAsync();
        await page.GotoAsync(Console.Host.Link().ToString());
        await page.GotoAsync(Address(path));
        return page;
    }

    private protected string Address(string path) => new Uri(Console.Host.Address, path).ToString();

    /// <summary>Nothing is wider than the screen. For the documents: PHONEMASKING_PICTURES names a folder for pictures.</summary>
    private protected async Task ShowAsync(IPage page, string name, int width)
    {
        // Awaited, for a page is there before its style sheet is, and then as wide as its words.
        await Expect(page.Locator("html")).ToHaveJSPropertyAsync("scrollWidth", width);
        if (Environment.GetEnvironmentVariable("PHONEMASKING_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{pictures}-{name}-{width}.png"), FullPage = true });
        }
    }
}
