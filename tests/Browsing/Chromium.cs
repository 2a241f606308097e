using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PhoneMasking.Browsing.Chromium))]

namespace PhoneMasking.Browsing;

/// <summary>
/// The system's Chromium, which talks to nobody but the pages it is sent to. One for all tests of an assembly, since starting
/// it costs more than most of them; it starts with the first test that opens a window, and again when it has crashed.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    // What is expected ends the wait; only a test that fails waits this long, however slow the machine is.
    private const float PatienceMilliseconds = 60_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>
    /// Opens a window that shares nothing with any other, cookies included. Whoever opens it closes it with
    /// <see cref="CloseAsync"/>.
    /// </summary>
    /// <exception cref="PlaywrightException">Chromium does not start.</exception>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var window = await TryOpenAsync(options) ?? await (await StartAsync()).NewContextAsync(options);
            window.SetDefaultTimeout(PatienceMilliseconds);
            return window;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes a window, if it was opened and is still there.</summary>
    public static async Task CloseAsync(IBrowserContext? window)
    {
        try
        {
            await (window?.CloseAsync() ?? Task.CompletedTask);
        }
        catch (PlaywrightException)
        {
            // Gone with its browser, which the test that was in it has noticed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _turn.Dispose();
    }

    private async Task<IBrowserContext?> TryOpenAsync(BrowserNewContextOptions? options)
    {
        try
        {
            return _browser is { IsConnected: true } ? await _browser.NewContextAsync(options) : null;
        }
        catch (PlaywrightException)
        {
            // An earlier test made it crash: no reason for this one to fail.
            return null;
        }
    }

    private async Task<IBrowser> StartAsync()
    {
        await EndAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        return _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",

                // A window takes the processes it needs; without this each has a spare one that nobody uses.
                "--renderer-process-limit=1",
            ],
        });
    }

    private async Task EndAsync()
    {
        try
        {
            await (_browser?.CloseAsync() ?? Task.CompletedTask);
        }
        catch (PlaywrightException)
        {
            // Gone already.
        }

        _playwright?.Dispose();
        (_browser, _playwright) = (null, null);
    }
}
