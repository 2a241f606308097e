using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using PhoneMasking.Browsing;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;
using PhoneMasking.TestServers;

namespace PhoneMasking.OpsConsole.Tests;

/// <summary>The owner in a real browser, at a desk and on a phone: failed texts, e-mails, dead letters, the audit log.</summary>
public sealed class AlertBrowserTests(Chromium chromium) : OwnerInBrowser(chromium, "alerts")
{
    private const float DownloadPatience = 30_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Alerts_AreFilteredAndLeadToTheSession(int width)
    {
        var page = await OpenAsync("/alerts", width);
        await ShowAsync(page, "alerts", width);
        await Expect(page.GetByText("Message filtered")).ToBeVisibleAsync();
        await page.GetByLabel("Class").SelectOptionAsync("Configuration");
        await page.GetByLabel("Sitter").SelectOptionAsync("Ben Brooks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(page.GetByText("Number is not registered for A2P")).ToBeVisibleAsync();
        await Expect(page.GetByText("Message filtered")).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Sitter")).ToHaveValueAsync(Sitter("Ben Brooks").ToString());

        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await page.GetByLabel("Code").FillAsync("30007");
        await page.GetByLabel("Code").PressAsync("Enter");
        await Expect(page.Locator("#answer tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Texts of the session" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Messages" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Only the texts of one session")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task OpenAlerts_WhenATextFails_ShowItAndTheNewCount()
    {
        var page = await OpenAsync("/alerts", Desk);
        await Expect(page.Locator("#live-words")).ToHaveTextAsync("Live");

        var failed = Console.Alerts.Fail(
            Records.AllSessions.First(), 30006, "Landline or unreachable carrier", FailureClass.Permanent, MessageDirection.SitterToClient);
        Console.Alerts.Summary = Console.Alerts.Summary with { Permanent = 6 };
        await Console.Services.PublishAsync(
            new SitterAlerted(OrganisationId.Default, MessageId.New(Records.Noon), failed.MessageId, failed.SessionId, failed.SitterId, failed.ClientId, Records.Noon),
            Cancelled);

        await Expect(page.GetByText("Landline or unreachable carrier")).ToBeVisibleAsync();
        await Expect(page.GetByText("More texts fail than should")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Audit_IsFiltered_AndTheAddressKeepsIt(int width)
    {
        var ben = Records.AllSessions.Last();
        Records.AddEvent("NumberFailed", "Error", "Error", "a2p-failed", ben, view => view with { Details = "The registration was refused", OccurredAt = Records.Noon.AddDays(-2) });
        Records.AddEvent("EmailFailed", "Error", "Error", "http-401", ben, view => view with { SitterId = null, ClientId = null, SessionId = null, Details = "systemic-failures: Failed" });
        var page = await OpenAsync("/audit", width);
        await ShowAsync(page, "audit", width);

        await page.GetByLabel("Category").SelectOptionAsync("Error");
        await page.GetByText("Time, sitter and client").ClickAsync();
        await page.GetByLabel("Until, UTC").FillAsync("2026-11-20T00:00");
        await page.GetByLabel("Sitter", new() { Exact = true }).SelectOptionAsync("Ben Brooks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(page.Locator("#answer tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByText("The registration was refused")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#answer tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("Category")).ToHaveValueAsync("Error");
        await Expect(page.GetByLabel("Until, UTC")).ToHaveValueAsync("2026-11-20T00:00");
        await ShowAsync(page, "audit-filtered", width);

        var download = page.WaitForDownloadAsync(new() { Timeout = DownloadPatience });
        await page.GetByRole(AriaRole.Link, new() { Name = "Download CSV" }).ClickAsync();
        var lines = await File.ReadAllLinesAsync(await (await download).PathAsync(), Cancelled);
        Assert.Equal(2, lines.Length);
        Assert.Contains("The registration was refused", lines[1], StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Show all events" }).ClickAsync();
        await page.GetByLabel("Words").FillAsync("systemic");
        await page.GetByLabel("Words").PressAsync("Enter");
        await Expect(page.Locator("#answer tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#live")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Email_IsShownInAFrameThatCanDoNothing(int width)
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var email = Console.Alerts.Write("sitter-added", "Hostile", EmailState.Sent, html: $"""
            <!doctype html><html><body style="background-color:#eef1f7">
            <h1 id="mark" style="color:#3757f2">Written elsewhere</h1>
            <script>document.getElementById("mark").textContent = "run";</script>
            <img src="http://{elsewhere.LocalEndpoint}/pixel.png" onerror="document.getElementById('mark').textContent = 'run'">
            <link rel="stylesheet" href="http://{elsewhere.LocalEndpoint}/style.css">
            <iframe src="http://{elsewhere.LocalEndpoint}/frame"></iframe>
            <a id="away" href="http://{elsewhere.LocalEndpoint}/away">Open</a>
            </body></html>
            """);
        var page = await OpenAsync("/alerts/emails", width);
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) => complaints.Enqueue(message.Text);
        await ShowAsync(page, "emails", width);
        await page.GetByRole(AriaRole.Link, new() { Name = "Hostile" }).ClickAsync();

        var frame = page.FrameLocator("iframe.email");
        await Expect(frame.Locator("#mark")).ToHaveTextAsync("Written elsewhere");
        Assert.Equal("rgb(55, 87, 242)", await frame.Locator("#mark").EvaluateAsync<string>("e => getComputedStyle(e).color"));
        await Expect(page.GetByText("As plain text.")).ToBeVisibleAsync();
        await frame.Locator("#away").ClickAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(complaints.Any(said => said.Contains("frame-src 'self'", StringComparison.Ordinal))),
            $"the link to be held back; the browser said: {string.Join(' ', complaints)}",
            Cancelled);
        Assert.Equal($"/alerts/emails/{email.Id}", new Uri(page.Url).AbsolutePath);

        // A browser may connect ahead of a request, but the request must not come.
        while (elsewhere.Pending())
        {
            using var connection = await elsewhere.AcceptTcpClientAsync(Cancelled);
            Assert.Equal(0, connection.Available);
        }
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Templates_ArePreviewedAsHtmlAndAsText(int width)
    {
        var page = await OpenAsync("/alerts/emails", width);
        await page.GetByRole(AriaRole.Link, new() { Name = "Templates" }).ClickAsync();
        await Expect(page.GetByText("Your own")).ToBeVisibleAsync();
        await ShowAsync(page, "templates", width);
        await page.GetByRole(AriaRole.Link, new() { Name = "A sitter was added and has a number" }).ClickAsync();

        await Expect(page.GetByText("Subject of sitter-added")).ToBeVisibleAsync();
        await Expect(page.GetByText("Text of sitter-added")).ToBeVisibleAsync();
        await Expect(page.FrameLocator("iframe.email").GetByText("HTML of sitter-added")).ToBeVisibleAsync();
        await ShowAsync(page, "template", width);
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task DeadLetters_AreSentAgainAndDiscarded(int width)
    {
        var page = await OpenAsync("/", width);
        await ShowAsync(page, "overview", width);
        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).ClickAsync();
        await ShowAsync(page, "dead-letters", width);
        await page.GetByRole(AriaRole.Link, new() { Name = "RouteConversations" }).ClickAsync();
        await ShowAsync(page, "dead-letter", width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).DblClickAsync();
        await Expect(page.GetByText("Sent again: it is in its queue.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send again" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).ClickAsync();
        await Expect(page.Locator("#answer tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Unknown message" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Discard…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard for good" }).ClickAsync();
        await Expect(page.Locator("[role=alert]")).ToBeFocusedAsync();
        await ShowAsync(page, "discard-refused", width);
        await page.GetByLabel("Why").FillAsync("It is of an older version");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard for good" }).ClickAsync();
        await Expect(page.GetByText("Discarded: what it said is gone.")).ToBeVisibleAsync();
        await Expect(page.GetByText("It is of an older version")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).ClickAsync();
        await Expect(page.GetByText("No open dead letters")).ToBeVisibleAsync();
    }

    private SitterId Sitter(string name) => Records.AllSitters.Values.Single(known => known.Name == name).Id;
}
