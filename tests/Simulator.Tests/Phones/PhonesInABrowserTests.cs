using Microsoft.Playwright;
using PhoneMasking.Browsing;

namespace PhoneMasking.Simulator.Tests.Phones;

/// <summary>The phones page as a person uses it, in the system's Chromium.</summary>
public sealed class PhonesInABrowserTests(Chromium chromium) : IAsyncLifetime
{
    private SimulatorHost _simulator = null!;
    private IBrowserContext? _window;

    public async ValueTask InitializeAsync() =>
        _simulator = await SimulatorHost.StartAsync(("Simulator:People:1:Name", new string('W', 64)));

    public async ValueTask DisposeAsync()
    {
        await Chromium.CloseAsync(_window);
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task TextToANumberThatNobodyHas_IsComplainedAboutInSight_AndCanBeSentAgain()
    {
        var page = await OpenAsync(width: 1440);
        await Expect(page.GetByTestId("phone-1")).ToBeVisibleAsync();
        var phone = page.GetByTestId("phone-0");
        await Expect(phone.GetByTestId("compose")).ToBeDisabledAsync();
        await Expect(phone.GetByTestId("attach")).ToBeDisabledAsync();

        await phone.GetByTestId("new-thread").ClickAsync();
        await phone.GetByTestId("new-number").FillAsync("(303) 555-0188");
        await phone.GetByTestId("new-start").ClickAsync();
        await Expect(phone.GetByTestId("attach")).ToBeEnabledAsync();
        await phone.GetByTestId("compose").FillAsync("Is anybody there?");
        await phone.GetByTestId("send").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nobody has this number");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeInViewportAsync();
        await Expect(phone.GetByTestId("compose")).ToHaveValueAsync("Is anybody there?");
    }

    [Fact]
    public async Task Page_OnAPhoneWithALongName_FitsAndBreaksNoPolicy()
    {
        var complaints = new List<string>();
        var page = await OpenAsync(width: 390, complaints);

        await Expect(page.GetByTestId("phone-1")).ToBeVisibleAsync();

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(complaints);
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private async Task<IPage> OpenAsync(int width, List<string>? complaints = null)
    {
        _window = await chromium.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var page = await _window.NewPageAsync();
        page.Console += (_, message) => complaints?.Add(message.Text);
        page.PageError += (_, error) => complaints?.Add(error);
        await page.GotoAsync(_simulator.Http.BaseAddress!.ToString());
        return page;
    }
}
