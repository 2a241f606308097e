using System.Net;
using PhoneMasking.OpsConsole.Tests.Hosting;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class PageTests : IAsyncLifetime
{
    private readonly Records _records = Records.Sample();
    private ConsoleHost _console = null!;
    private AnsweringServices _services = null!;
    private HttpClient _owner = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync(settings: ("services:simulator:http:0", "http://localhost:5099"));
        _services = await AnsweringServices.StartAsync(_console.Broker, _records, Cancelled);
        _owner = await _console.OwnerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _services.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "Newest events")]
    [InlineData("/", "Session opened")]
    [InlineData("/sitters", "Ana Alvarez")]
    [InlineData("/sitters", "+13035550111")]
    [InlineData("/clients", "Maria Lopez")]
    [InlineData("/clients", "+13035550171")]
    [InlineData("/numbers", "Standby reserved")]
    [InlineData("/numbers", "Ana Alvarez")]
    [InlineData("/sessions", "with Maria Lopez")]
    [InlineData("/messages", "Is Rex fed?")]
    [InlineData("/audit", "Pool exhausted")]
    [InlineData("/audit", "undelivered 30007")]
    [InlineData("/", "http://localhost:5099")]
    public async Task Page_SignedInOwner_ShowsWhatTheServicesKnow(string path, string expected) =>
        Assert.Contains(expected, WebUtility.HtmlDecode(await ReadAsync(path)), StringComparison.Ordinal);

    [Fact]
    public async Task Overview_CountsEachThing()
    {
        var page = await ReadAsync("/");

        Assert.Equal(["2", "1", "1", "1"], Tiles(page));
    }

    [Fact]
    public async Task Messages_OfOneSession_ShowsOnlyThose()
    {
        var session = _records.AddSession(
            _records.AddSitter("Cara Chen", "+13035550113", "+13035550133"),
            _records.AddClient("Jane Doe", "+17205550173"),
            "+13035550153",
            open: true);
        _records.AddMessage(session, inbound: true, "+17205550173", "+13035550133", "The key is under the pot", "relayed");

        var page = await ReadAsync($"/messages?session={session.Id}");

        Assert.Contains("The key is under the pot", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Is Rex fed?", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_NeverShowAWholeNumber()
    {
        var page = await ReadAsync("/messages");

        Assert.Contains("&#x2022;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("555017", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_OpenOnlyUnlessAllAreAskedFor()
    {
        Assert.DoesNotContain("Tom Baker", await ReadAsync("/sessions"), StringComparison.Ordinal);
        Assert.Contains("Tom Baker", await ReadAsync("/sessions?show=all"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_PointToWhenEachEndsInsteadOfAssumingASetting()
    {
        var page = await ReadAsync("/sessions");

        Assert.Contains("A session ends at the time under Ends, unless one of them writes before.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("14 days", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sitters_SearchedByName_ShowsOnlyThose()
    {
        var page = await ReadAsync("/sitters?search=ben");

        Assert.Contains("Ben Brooks", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana Alvarez", page, StringComparison.Ordinal);
        Assert.Contains("Nobody by that name", await ReadAsync("/sitters?search=zoe"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_LeadsThroughTheWholeLog()
    {
        var session = _records.AllSessions.First();
        foreach (var number in Enumerable.Range(1, 60))
        {
            _records.AddMessage(session, inbound: true, "+13035550171", "+13035550131", $"text number {number}.", "relayed");
        }

        var seen = new List<string>();
        var path = "/messages";
        while (path is not null)
        {
            var page = await ReadAsync(path);
            seen.AddRange(Enumerable.Range(1, 60).Select(n => $"text number {n}.").Where(page.Contains));
            path = Html.LinkTo(page, "Older");
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("/sitters?after=nonsense&search=%00")]
    [InlineData("/messages?session=nonsense&after=%27--")]
    [InlineData("/audit?event=%3Cscript%3E")]
    public async Task Address_WithNonsense_StillShowsAPage(string path)
    {
        var page = await ReadAsync(path);

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesAndTexts_WithMarkup_AreShownAsText()
    {
        const string Attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>";
        var session = _records.AddSession(
            _records.AddSitter(Attack, "+13035550113", "+13035550133"),
            _records.AddClient(Attack, "+17205550173"),
            "+13035550153",
            open: true);
        _records.AddMessage(session, inbound: true, Attack, Attack, Attack, Attack);
        _records.AddEvent(Attack, Attack, Attack, Attack, session);

        foreach (var path in new[] { "/", "/sitters", "/clients", "/sessions", "/messages", "/audit", "/sitters?search=" + Uri.EscapeDataString(Attack) })
        {
            var page = await ReadAsync(path);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.Contains("&lt;img", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_CarrySecurityHeaders()
    {
        var answer = await _owner.GetAsync("/", Cancelled);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task UnknownAddress_SignedInOwner_GetsAPageThatSaysSo()
    {
        var answer = await _owner.GetAsync("/nowhere", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing here", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_AfterEveryPage_HoldsNoNumberNameOrText()
    {
        foreach (var path in new[] { "/", "/sitters", "/clients", "/numbers", "/utilization", "/sessions", "/messages", "/alerts", "/alerts/emails", "/alerts/templates", "/alerts/dead-letters", "/audit" })
        {
            await ReadAsync(path);
        }

        var log = string.Join('\n', _console.Log.Lines);
        Assert.DoesNotContain("+1303" + "555", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana Alvarez", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Is Rex fed", log, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Tiles(string page) => Html.TextsOf(page, "tile-count");

    private async Task<string> ReadAsync(string path)
    {
        var answer = await _owner.GetAsync(path, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
