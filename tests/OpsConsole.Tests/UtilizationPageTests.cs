using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;
using PhoneMasking.OpsConsole.Utilization;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class UtilizationPageTests : IAsyncLifetime
{
    private RunningConsole _console = null!;

    private Usage Usage => _console.Desk.Usage;

    public async ValueTask InitializeAsync() => _console = await RunningConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Dashboard_ShowsTheFormulaBesideTheTrueNeed()
    {
        var page = await _console.ReadAsync("/utilization");

        Assert.Contains("Open sessions: 15, Ready pool numbers: 20.", page, StringComparison.Ordinal);
        Assert.Contains("75\u00A0%", page, StringComparison.Ordinal);
        Assert.Contains("Open sessions of the busiest sitter: 6, plus headroom of 2.", page, StringComparison.Ordinal);
        Assert.Contains("There are enough pool numbers", page, StringComparison.Ordinal);
        Assert.Contains("in 31 h", page, StringComparison.Ordinal);
        Assert.Contains("9 days ago", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_BeforeTheFirstRun_PointsToWhenTheMonitorsRunInsteadOfAssumingASetting()
    {
        var page = await _console.ReadAsync("/utilization");

        Assert.Contains("They run by themselves, next at the times above, and when you press a button.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("48 hours", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 18, 8, false, true)]
    [InlineData(20, 17, 8, false, false)]
    [InlineData(20, 40, 8, true, false)]
    [InlineData(7, 1, 8, true, true)]
    [InlineData(0, 0, 2, true, true)]
    public async Task Dashboard_SaysWhetherTheChosenFormulaAsksForMore(int ready, int sessions, int needed, bool byNeed, bool more)
    {
        Usage.Now = new UtilizationView(ready, sessions, 0, 1, 0, 6, needed);
        Usage.BuysByNeed = byNeed;

        var page = await _console.ReadAsync("/utilization");

        Assert.Equal(more, page.Contains("More pool numbers are needed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_IsADrawingWithWordsAndATable()
    {
        Usage.Fill(Records.Noon, days: 90);

        var page = await _console.ReadAsync("/utilization?days=30");

        Assert.Contains("<title id=\"chart-rate-title\">Utilization rate</title>", page, StringComparison.Ordinal);
        Assert.Contains("<desc id=\"chart-rate-desc\">From ", page, StringComparison.Ordinal);
        Assert.Contains("threshold 87\u00A0%", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\" class=\"number\">2026-10-23</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-10-20</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_ThatHasJustBegun_ShowsADotAndSinceWhen()
    {
        Usage.Fill(Records.Noon, days: 2);

        var page = await _console.ReadAsync("/utilization?days=30");

        Assert.Contains("The record begins on 19 November 2026.", page, StringComparison.Ordinal);
        Assert.Matches("<path class=\"dot line-a\" d=\"M1000 [0-9.]+h0\"", page);
        Usage.Points.Clear();
        Usage.Fill(Records.Noon, days: 90);
        Assert.DoesNotContain("The record begins", await _console.ReadAsync("/utilization?days=30"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/utilization?days=7", "7 days")]
    [InlineData("/utilization?days=90", "90 days")]
    [InlineData("/utilization?days=4000&ran=x&after=y", "30 days")]
    public async Task History_OfARange_MarksIt(string path, string marked) =>
        Assert.Contains($"aria-current=\"page\">{marked}</a>", await _console.ReadAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task RunNow_SentTwice_RunsOnceAndSaysWhatItSawAndDecided()
    {
        var fields = await _console.FillAsync("/utilization", "run", ("monitor", "pool"));

        var first = await _console.SendAsync("/utilization", fields);
        var second = await _console.SendAsync("/utilization", fields);
        var page = await _console.ReadAsync(first.Location!);

        Assert.Equal(first.Location, second.Location);
        Assert.Single(Usage.Runs);
        Assert.Contains("Pool capacity monitor ran.", page, StringComparison.Ordinal);
        Assert.Contains("15 sessions on 20 Ready pool numbers, 0 pending: 75\u00A0%; truly needed 8", page, StringComparison.Ordinal);
        Assert.Contains("Enough pool numbers: nothing ordered", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunNow_OfNothing_RunsNothing()
    {
        var (status, _, page) = await _console.SubmitAsync("/utilization", "run", ("monitor", "moon"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Press one of the buttons.", page, StringComparison.Ordinal);
        Assert.Empty(Usage.Runs);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(23, 40)]
    [InlineData(10, 20)]
    [InlineData(90, 100)]
    [InlineData(1, 1)]
    [InlineData(1.2, 2)]
    public void Plot_OfAnyFigures_EndsAtARoundOne(double highest, double top) =>
        Assert.Equal(top, new Plot(Records.Noon.AddDays(-7), Records.Noon, highest).Top, 6);

    [Fact]
    public void Rate_JustBelowTheThreshold_DoesNotLookLikeIt() =>
        Assert.Equal("86.9\u00A0%", Figures.Rate(new UtilizationView(10000, 8699, 0, 0, 0, 0, 0)));
}
