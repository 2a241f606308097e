using Microsoft.Playwright;
using PhoneMasking.Browsing;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;
using PhoneMasking.TestServers;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class BrowserTests(Chromium chromium) : IAsyncLifetime
{
    private const int Height = 844;

    // A phone, a desk, and the narrowest screen of each arrangement of the pages.
    private static readonly (int Width, bool Dark)[] Looks =
        [(390, false), (390, true), (1001, false), (1121, false), (1280, false), (1360, true)];

    private readonly Records _records = Records.Sample();
    private ConsoleHost _console = null!;
    private AnsweringServices _services = null!;
    private IBrowserContext? _window;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync(settings: ("Console:SimulatorUrl", "http://localhost:5099"));
        _services = await AnsweringServices.StartAsync(_console.Broker, _records, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.CloseAsync(_window);
        await _services.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task OpenPage_WhenSomethingHappens_ShowsItWithoutAReload()
    {
        var page = await SignInAsync();
        await page.GotoAsync(new Uri(_console.Address, "/sessions").ToString());
        await Assertions.Expect(page.Locator("#live-words")).ToHaveTextAsync("Live");
        await page.EvaluateAsync("window.neverReloaded = true");
        await page.GetByRole(AriaRole.Link, new() { Name = "Texts of Ana Alvarez" }).FocusAsync();

        await OpenSessionAsync("Cara Chen", "Jane Doe");

        await Assertions.Expect(page.GetByText("with Jane Doe")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#live-time")).ToContainTextAsync("updated");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        Assert.True(await page.EvaluateAsync<bool>("window.neverReloaded"));
        Assert.Equal(
            "Texts of Ana Alvarez with Maria Lopez",
            await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
    }

    [Fact]
    public async Task PausedPage_WhenSomethingHappens_StaysAsItIs_UntilItGoesOn()
    {
        var page = await SignInAsync();
        await page.GotoAsync(new Uri(_console.Address, "/sessions").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();

        await OpenSessionAsync("Cara Chen", "Jane Doe");

        await Assertions.Expect(page.Locator("#live-words")).ToHaveTextAsync("Updates paused");
        await Assertions.Expect(page.GetByText("with Jane Doe")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.GetByText("with Jane Doe")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SearchText_BeingTyped_SurvivesAnUpdate()
    {
        var page = await SignInAsync();
        await page.GotoAsync(new Uri(_console.Address, "/sitters").ToString());
        await Assertions.Expect(page.Locator("#live-words")).ToHaveTextAsync("Live");
        await page.GetByLabel("Search by name").FillAsync("car");

        await OpenSessionAsync("Cara Chen", "Jane Doe");

        await Assertions.Expect(page.GetByText("Cara Chen")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Search by name")).ToHaveValueAsync("car");
        await Assertions.Expect(page.GetByLabel("Search by name")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task OpenPage_AfterSignOutElsewhere_ShowsTheSignIn()
    {
        var page = await SignInAsync();
        await Assertions.Expect(page.Locator("#live-words")).ToHaveTextAsync("Live");

        await page.Context.ClearCookiesAsync();
        await OpenSessionAsync("Cara Chen", "Jane Doe");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task Times_OnAPageThatStaysOpen_KeepSayingHowLongAgo()
    {
        var page = await SignInAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync(new Uri(_console.Address, "/sitters").ToString());
        var added = page.Locator("tbody .moment .hint").First;
        var before = await added.TextContentAsync();

        await page.Clock.FastForwardAsync((long)TimeSpan.FromDays(3).TotalMilliseconds);

        await Assertions.Expect(added).Not.ToHaveTextAsync(before!);
        await Assertions.Expect(added).ToContainTextAsync("days");
    }

    [Fact]
    public async Task Console_IsUsableByKeyboardAlone()
    {
        var page = await SignInAsync();

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await page.EvaluateAsync<string>("document.activeElement.id"));

        await page.ReloadAsync();
        await TabToAsync(page, "Messages");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Messages" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Messages", Exact = true }))
            .ToHaveAttributeAsync("aria-current", "page");

        await TabToAsync(page, "Sign out");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("You are signed out")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task EveryPage_AtAnyWidth_FitsAndBreaksNoPolicy()
    {
        var page = await SignInAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_console.Address.ToString(), StringComparison.Ordinal))
            {
                complaints.Add($"asked elsewhere: {request.Url}");
            }
        };

        var many = _records.AddClient("Maximiliane Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", "+13035550175");
        _records.AllClients.Enqueue(many with { Id = ClientId.New(_records.Tick()), Numbers = [.. many.Numbers, .. many.Numbers, .. many.Numbers] });
        var paths = new[]
        {
            "/", "/sitters", "/sitters/form", $"/sitters/{_records.AllSitters.Keys.First()}", "/clients", "/numbers", "/numbers/order",
            "/numbers/import", $"/numbers/{_records.AllNumbers.Keys.First()}", "/utilization", "/sessions?show=all", "/messages", "/alerts", "/alerts/emails",
            "/alerts/templates", "/alerts/dead-letters", "/audit", "/nowhere", "/sign-in",
        };
        foreach (var path in paths)
        {
            await page.GotoAsync(new Uri(_console.Address, path).ToString());
            Assert.Equal(1, await page.Locator("h1").CountAsync());
            Assert.Equal(1, await page.Locator("main").CountAsync());
            foreach (var (width, dark) in Looks)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
                await page.SetViewportSizeAsync(width, Height);
                await Eventually.TrueAsync(async () => await page.EvaluateAsync<int>("innerWidth") == width, "the window's new width", Cancelled);
                Assert.Equal((path, width), (path, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
                await KeepPictureAsync(page, $"{path.Trim('/').Split('?')[0].Replace('/', '-')[..Math.Min(16, path.Trim('/').Split('?')[0].Length)]}-{width}{(dark ? "-dark" : "")}");
            }
        }

        // The browser itself reports the missing page's 404.
        Assert.All(complaints, complaint => Assert.Contains("404", complaint, StringComparison.Ordinal));
    }

    private async Task<IPage> SignInAsync()
    {
        _window = await chromium.OpenAsync(new() { ViewportSize = new() { Width = 1280, Height = Height } });
        var page = await _window.NewPageAsync();
        await page.GotoAsync(_console.Link().ToString());
        return page;
    }

    private static async Task TabToAsync(IPage page, string text)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.textContent.trim()") == text)
            {
                return;
            }
        }

        Assert.Fail($"'{text}' cannot be reached by the keyboard");
    }

    // For the documents: PHONEMASKING_PICTURES names a folder.
    private static async Task KeepPictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PHONEMASKING_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"console{name}.png"), FullPage = true });
        }
    }

    private async Task OpenSessionAsync(string sitterName, string clientName)
    {
        var sitter = _records.AddSitter(sitterName, "+13035550113", "+13035550133");
        var client = _records.AddClient(clientName, "+17205550173");
        var session = _records.AddSession(sitter, client, "+13035550153", open: true);
        await _services.PublishAsync(
            new SessionOpened(
                OrganisationId.Default, session.Id, sitter.Id, client.Id, NumberId.New(Records.Noon), false, Records.Noon),
            Cancelled);
    }
}
