using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class AuditPageTests : IAsyncLifetime
{
    private RunningConsole _console = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Records Records => _console.Records;

    public async ValueTask InitializeAsync()
    {
        _console = await RunningConsole.StartAsync();
        var other = Records.AllSessions.Last();
        Records.AddEvent("NumberFailed", "Error", "Error", "a2p-failed", other, view => view with
        {
            OccurredAt = Records.Noon.AddDays(-2),
            NumberId = Records.AllNumbers.Keys.First(),
            MessageId = MessageId.New(Records.Noon),
            Details = "The registration was refused",
        });
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("event=NumberFailed")]
    [InlineData("category=Error")]
    [InlineData("severity=Error&until=2026-11-20T00:00")]
    [InlineData("from=2026-11-19T11:59&until=2026-11-19T12:01")]
    [InlineData("until=2026-11-20")]
    [InlineData("search=REGISTRATION")]
    public async Task Audit_Filtered_ShowsOnlyThose(string query)
    {
        var page = await _console.ReadAsync("/audit?" + query);

        Assert.Contains("The registration was refused", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-row=\"" + Event("SessionOpened"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-row=\"" + Event("MessageFailed"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_AboutOneThing_ShowsOnlyThat()
    {
        var wanted = Records.AllEvents.Single(item => item.Event == "NumberFailed");

        foreach (var query in new[]
        {
            $"sitter={wanted.SitterId}", $"client={wanted.ClientId}", $"number={wanted.NumberId}",
            $"session={wanted.SessionId}", $"message={wanted.MessageId}",
        })
        {
            var page = await _console.ReadAsync("/audit?" + query);
            Assert.Contains($"data-row=\"{wanted.Id}\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("data-row=\"" + Event("SessionOpened"), page, StringComparison.Ordinal);
            Assert.Contains(query, WebUtility.HtmlDecode(page).Replace("\" value=\"", "=", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Audit_FilteredByNonsense_ShowsAll()
    {
        var page = await _console.ReadAsync("/audit?event=Moon&category=%3Cb%3E&severity=x&from=yesterday&until=13&sitter=a&client=b&number=c&session=d&message=e&key=f&after=g");

        Assert.Contains("data-row=\"" + Event("SessionOpened"), page, StringComparison.Ordinal);
        Assert.Contains("data-row=\"" + Event("NumberFailed"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_EndBeforeBeginning_SaysWhatIsWrong() =>
        Assert.Contains(
            "The end must be later than the beginning.",
            await _console.ReadAsync("/audit?from=2026-11-21T12:00&until=2026-11-20T12:00"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("303 555 0142")]
    [InlineData("(303) 555-0142")]
    [InlineData("sitter 13035550142")]
    public async Task Audit_SearchedForATelephoneNumber_SaysSoAndTakesItOutOfTheAddress(string typed)
    {
        using var answer = await _console.Owner.GetAsync("/audit?event=SessionOpened&search=" + Uri.EscapeDataString(typed), Cancelled);
        var address = answer.Headers.Location!.ToString();
        var page = await _console.ReadAsync(address);
        var (status, _) = await _console.GetAsync("/audit/export?search=" + Uri.EscapeDataString(typed));

        Assert.Equal("/audit?event=SessionOpened&refused=number", address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("A telephone number was not searched for", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0142", page, StringComparison.Ordinal);
        Assert.Contains("data-row=\"" + Event("SessionOpened"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_SearchedForWords_IsNotRepeatedAtEveryEvent()
    {
        Assert.Contains("id=\"answer\" data-live-region", await _console.ReadAsync("/audit?event=NumberFailed"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-live-region", await _console.ReadAsync("/audit?search=registration"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_ManyRecords_LeadThroughAllAndKeepTheFilter()
    {
        foreach (var number in Enumerable.Range(1, 60))
        {
            Records.AddEvent("EmailSent", "System", "Info", null, Records.AllSessions.First(), view => view with { Details = $"e-mail {number}." });
        }

        var seen = new List<int>();
        var path = "/audit?event=EmailSent&category=System";
        while (path is not null)
        {
            using var answer = await _console.Owner.GetAsync(path, Cancelled);
            var page = await answer.Content.ReadAsStringAsync(Cancelled);
            seen.AddRange(Enumerable.Range(1, 60).Where(number => page.Contains($"e-mail {number}.", StringComparison.Ordinal)));
            Assert.DoesNotContain("data-row=\"" + Event("SessionOpened"), page, StringComparison.Ordinal);
            path = Html.LinkTo(page, "Older");
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct().Count());
    }

    [Fact]
    public async Task Export_OfAFilter_HoldsEveryRecordOfIt_AndNoFormula()
    {
        var session = Records.AddSession(
            Records.AddSitter("=HYPERLINK(\"x\"), Ms", "+13035550113", "+13035550133"), Records.AddClient("@SUM(1)", "+17205550173"), "+13035550153", open: true);
        foreach (var number in Enumerable.Range(1, 450))
        {
            Records.AddEvent("EmailSent", "System", "Info", "-2+3", session, view => view with { Details = $"  =cmd {number}", OccurredAt = Records.Noon.AddMicroseconds(number) });
        }

        using var page = await _console.Owner.GetAsync("/audit?event=EmailSent", Cancelled);
        var link = Html.LinkTo(await page.Content.ReadAsStringAsync(Cancelled), "Download CSV")!;
        using var answer = await _console.Owner.GetAsync(link, Cancelled);
        var lines = (await answer.Content.ReadAsStringAsync(Cancelled)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("/audit/export?event=EmailSent", link);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("audit.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.StartsWith("occurredAt,event,category,severity,reason,details,sitter,client,", lines[0], StringComparison.Ordinal);
        Assert.Equal(451, lines.Length);
        Assert.StartsWith(
            "2026-11-21T12:00:00.000450Z,EmailSent,System,Info,'-2+3,'  =cmd 450,\"'=HYPERLINK(\"\"x\"\"), Ms\",'@SUM(1),", lines[1], StringComparison.Ordinal);
        Assert.Equal(450, lines.Skip(1).Select(line => line.Split(',')[^1]).Distinct().Count());
        var asked = Assert.IsType<BeginAuditExport>(Assert.Single(_console.Alerts.Commands));
        Assert.Equal("EmailSent", asked.Audit.Event);
        Assert.StartsWith("console (Owner from ", asked.By, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_TooLarge_SaysSo()
    {
        _console.Alerts.NextRefusal = new Refused(RefusalKind.Conflict, "export-too-large", "More than 100,000 records fit: choose a shorter time.");

        var (status, text) = await _console.GetAsync("/audit/export");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("choose a shorter time", text, StringComparison.Ordinal);
    }

    private Guid Event(string name) => Records.AllEvents.First(item => item.Event == name).Id;
}
