using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class AlertPageTests : IAsyncLifetime
{
    private const string Attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>";

    private RunningConsole _console = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private AlertDesk Alerts => _console.Alerts;

    private SessionView Session => _console.Records.AllSessions.First();

    public async ValueTask InitializeAsync() => _console = await RunningConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Alerts_ShowWhatFailed_WhatWasDone_AndWhoWasTold()
    {
        var page = await _console.ReadAsync("/alerts");

        foreach (var words in new[]
        {
            "30007", "Message filtered", "Permanent", "<bdi>Ana Alvarez</bdi> → <bdi>Maria Lopez</bdi>", "Sitter, by text",
            "<bdi>Maria Lopez</bdi> → <bdi>Ana Alvarez</bdi>", "Client to sitter", "Waits", "due 11-21 12:07:00",
            "Twilio refused it", "Owner, by e-mail", "Dropped", "the session had ended",
            "in 24 h; more than 5 are told to you", "2026-11-18 12:00:00", $"/messages?session={Session.Id}",
        })
        {
            Assert.Contains(words, page.Replace('\u00A0', ' '), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("?class=configuration", "30034", "30007")]
    [InlineData("?code=30003", "30003", "30007")]
    [InlineData("?class=temporary&code=30005", "30005", "30003")]
    public async Task Alerts_Filtered_ShowOnlyThose(string query, string shown, string hidden)
    {
        var page = await _console.ReadAsync("/alerts" + query);

        Assert.Contains($"/alerts?code={shown}", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/alerts?code={hidden}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_OfOneSitterOrClient_ShowOnlyThose()
    {
        var other = _console.Records.AllSessions.Last();

        foreach (var query in new[] { $"sitter={other.SitterId}", $"client={other.ClientId}" })
        {
            var page = await _console.ReadAsync($"/alerts?{query}");
            Assert.Contains("30034", page, StringComparison.Ordinal);
            Assert.DoesNotContain("30007", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("?class=moon&code=-1&sitter=x&client=y&after=z")]
    [InlineData("?class=%3Cscript%3E&code=99999999999999999999")]
    public async Task Alerts_FilteredByNonsense_ShowAll(string query) =>
        Assert.Contains("30007", await _console.ReadAsync("/alerts" + query), StringComparison.Ordinal);

    [Fact]
    public async Task Alerts_Many_LeadThroughAllAndKeepTheFilter()
    {
        foreach (var code in Enumerable.Range(40001, 60))
        {
            Alerts.Fail(Session, code, "Made up", FailureClass.Permanent, MessageDirection.SitterToClient);
        }

        var seen = new List<int>();
        var path = "/alerts?class=permanent";
        while (path is not null)
        {
            using var answer = await _console.Owner.GetAsync(path, Cancelled);
            var page = await answer.Content.ReadAsStringAsync(Cancelled);
            seen.AddRange(Enumerable.Range(40001, 60).Where(code => page.Contains($"?code={code}\"", StringComparison.Ordinal)));
            Assert.DoesNotContain("?code=30003\"", page, StringComparison.Ordinal);
            path = Html.LinkTo(page, "Older");
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct().Count());
    }

    [Fact]
    public async Task Alerts_MoreThanTheThreshold_SaySo()
    {
        Assert.DoesNotContain("More texts fail than should", await _console.ReadAsync("/alerts"), StringComparison.Ordinal);
        Alerts.Summary = Alerts.Summary with { Permanent = 6 };

        Assert.Contains("More texts fail than should", await _console.ReadAsync("/alerts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesOfOthers_WithMarkup_AreShownAsText()
    {
        var session = _console.Records.AddSession(
            _console.Records.AddSitter(Attack, "+13035550113", "+13035550133"), _console.Records.AddClient(Attack, "+17205550173"), "+13035550153", open: true);
        Alerts.Fail(session, 30006, Attack, FailureClass.Permanent, MessageDirection.SitterToClient, view => view with { Outcome = Attack, RetryReason = Attack, Retry = RetryState.Dropped });
        var email = Alerts.Write(Attack, Attack, EmailState.Failed, view => view with { Problem = Attack }, html: "<p>harmless</p>");
        var letter = Alerts.Die(Attack, Attack, Attack, view => view with { Fault = Attack, Details = Attack, SettledBy = Attack, SettledAt = Records.Noon, Why = Attack });
        Alerts.Offer("attack", Attack);
        Alerts.Previews["attack"] = new EmailContent(Attack, Attack, Attack, "<p>harmless</p>");

        foreach (var path in new[]
        {
            "/alerts", "/alerts/emails", $"/alerts/emails/{email.Id}", "/alerts/templates", "/alerts/templates/attack",
            "/alerts/dead-letters", $"/alerts/dead-letters/{letter.Id}", $"/alerts/dead-letters/{letter.Id}/discard",
            "/alerts/dead-letters?queue=" + Uri.EscapeDataString(Attack), "/alerts/emails?template=" + Uri.EscapeDataString(Attack),
        })
        {
            using var answer = await _console.Owner.GetAsync(path, Cancelled);
            var page = await answer.Content.ReadAsStringAsync(Cancelled);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.Contains("&lt;img", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AlertPages_ShowNoTextAndNoNumber()
    {
        foreach (var path in new[] { "/alerts", "/alerts/dead-letters?state=all", $"/alerts/dead-letters/{Open("RouteConversations")}", "/audit" })
        {
            var page = await _console.ReadAsync(path);
            Assert.DoesNotContain("Is Rex fed?", page, StringComparison.Ordinal);
            Assert.DoesNotContain("+1303" + "555", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Emails_ShowStateAttemptsAndWhen_FilteredByEither()
    {
        var all = await _console.ReadAsync("/alerts/emails");
        var failed = await _console.ReadAsync("/alerts/emails?state=failed");
        var ofOne = await _console.ReadAsync("/alerts/emails?template=sitter-added");

        foreach (var words in new[] { "Cara Chen can begin", "A sitter was added and has a number", "Waiting", "timeout", "next at 11-21 12:04:00", "http 401" })
        {
            Assert.Contains(words, all.Replace('\u00A0', ' '), StringComparison.Ordinal);
        }

        Assert.Contains("A number failed", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("Cara Chen can begin", failed, StringComparison.Ordinal);
        Assert.Contains("Cara Chen can begin", ofOne, StringComparison.Ordinal);
        Assert.DoesNotContain("A number failed", ofOne, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emails_SwitchedOff_SaySo()
    {
        Alerts.Sender = "None";

        Assert.Contains("E-mail is switched off", await _console.ReadAsync("/alerts/emails"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmailDocument_MayBeFramedHere_AndMayDoNothing()
    {
        var email = Alerts.Emails.Keys.First();

        using var page = await _console.Owner.GetAsync($"/alerts/emails/{email}", Cancelled);
        using var document = await _console.Owner.GetAsync($"/alerts/emails/{email}/html", Cancelled);

        Assert.Contains("frame-ancestors 'none'", Policy(page), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Policy(page), StringComparison.Ordinal);
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
            Policy(document));
        Assert.Equal("SAMEORIGIN", Assert.Single(document.Headers.GetValues("X-Frame-Options")));
        Assert.True(document.Headers.CacheControl!.NoStore);
        Assert.Matches("<iframe [^>]* sandbox(=\"\")?[ >]", await page.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task EmailDocument_WithoutSignIn_IsNotShown()
    {
        using var visitor = _console.Host.Visitor();
        using var answer = await visitor.GetAsync($"/alerts/emails/{Alerts.Emails.Keys.First()}/html", Cancelled);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Theory]
    [InlineData("/alerts/emails/01920000-0000-7000-8000-00000000ffff")]
    [InlineData("/alerts/emails/01920000-0000-7000-8000-00000000ffff/html")]
    [InlineData("/alerts/templates/nonsense")]
    [InlineData("/alerts/templates/nonsense/html")]
    [InlineData("/alerts/dead-letters/01920000-0000-7000-8000-00000000ffff")]
    [InlineData("/alerts/dead-letters/01920000-0000-7000-8000-00000000ffff/discard")]
    public async Task Unknown_IsNotFound(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _console.GetAsync(path)).Status);

    [Fact]
    public async Task DeadLetters_ShowOpenOnesUnlessOthersAreAskedFor()
    {
        var settled = Alerts.Die("sync-service.clients", "ClientChanged", "fault", view => view with { State = DeadLetterState.Discarded });

        var open = await _console.ReadAsync("/alerts/dead-letters");
        var all = await _console.ReadAsync("/alerts/dead-letters?state=all");
        var ofQueue = await _console.ReadAsync("/alerts/dead-letters?queue=alert-service.audit");

        Assert.Contains("RouteConversations", open, StringComparison.Ordinal);
        Assert.Contains("PostgresException", open, StringComparison.Ordinal);
        Assert.Contains("2 open in all", open, StringComparison.Ordinal);
        Assert.DoesNotContain($"{settled.Id}", open, StringComparison.Ordinal);
        Assert.Contains($"{settled.Id}", all, StringComparison.Ordinal);
        Assert.DoesNotContain("RouteConversations", ofQueue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAgain_PressedTwice_IsTheSame()
    {
        var id = Open("RouteConversations");
        var path = $"/alerts/dead-letters/{id}";
        var fields = await _console.FillAsync(path, "send-again");

        var first = await _console.SendAsync(path, fields);
        var second = await _console.SendAsync(path, fields);

        Assert.Equal($"{path}?done=sent-again", first.Location);
        Assert.Equal(first.Location, second.Location);
        Assert.Equal(DeadLetterState.SentAgain, Alerts.Letter(id).State);
        Assert.Equal("console", Alerts.Letter(id).SettledBy);
        var page = await _console.ReadAsync(first.Location!);
        Assert.Contains("Sent again: it is in its queue.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Discard…", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discard_AsksWhy_AndKeepsTheReason()
    {
        var id = Open("RouteConversations");
        var path = $"/alerts/dead-letters/{id}/discard";

        var refused = await _console.SubmitAsync(path, "discard", ("why", " "));
        var done = await _console.SubmitAsync(path, "discard", ("why", "The session has ended"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("id=\"why-error\"", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Discarded: what it said is gone.", await _console.ReadAsync(done.Location!), StringComparison.Ordinal);
        Assert.Equal("The session has ended", Alerts.Letter(id).Why);
        Assert.Single(Alerts.Commands);
    }

    [Fact]
    public async Task DeadLetter_DealtWithOtherwise_RefusesInWords()
    {
        var id = Open("RouteConversations");
        var path = $"/alerts/dead-letters/{id}";
        var fields = await _console.FillAsync(path, "send-again");
        await _console.SubmitAsync($"{path}/discard", "discard", ("why", "No use"));

        var late = await _console.SendAsync(path, fields);

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("It was dealt with already in another way.", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadLetter_WithoutTheFormsToken_StaysAsItIs()
    {
        var id = Open("RouteConversations");

        var again = await _console.SendAsync($"/alerts/dead-letters/{id}", new() { ["_handler"] = "send-again" });
        var discard = await _console.SendAsync($"/alerts/dead-letters/{id}/discard", new() { ["_handler"] = "discard", ["why"] = "x" });

        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Equal(HttpStatusCode.BadRequest, discard.Status);
        Assert.Equal(DeadLetterState.Open, Alerts.Letter(id).State);
    }

    [Fact]
    public async Task Discard_RefusedForItsReason_ShowsItAtTheField()
    {
        Alerts.NextRefusal = new Refused(RefusalKind.Invalid, "invalid-why", "A reason holds no telephone number.", "why");

        var (status, _, page) = await _console.SubmitAsync(
            $"/alerts/dead-letters/{Open("RouteConversations")}/discard", "discard", ("why", "call 555 0142"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("A reason holds no telephone number.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"call 555 0142\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_ShowsWhatMayNeedTheOwner()
    {
        var page = await _console.ReadAsync("/");

        Assert.Contains("<strong>2</strong> <span>Texts failed for good", page, StringComparison.Ordinal);
        Assert.Contains("<strong>1</strong> <span>E-mails failed", page, StringComparison.Ordinal);
        Assert.Contains("<strong>2</strong> <span>Dead letters", page, StringComparison.Ordinal);
    }

    private static string Policy(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

    private Guid Open(string type) => Alerts.Letters.Single(letter => letter.Type == type).Id;
}
