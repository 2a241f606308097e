using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;
using PhoneMasking.TestServers;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class NumberPageTests : IAsyncLifetime
{
    private RunningConsole _console = null!;

    private Records Records => _console.Records;

    public async ValueTask InitializeAsync() => _console = await RunningConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("?lifecycle=pool", "+13035550151", "+17205550134")]
    [InlineData("?status=pending", "+17205550134", "+13035550151")]
    [InlineData("?lifecycle=pool&status=failed", "+13035550152", "+13035550151")]
    public async Task Numbers_Filtered_ShowsOnlyThose(string query, string shown, string hidden)
    {
        var page = await _console.ReadAsync("/numbers" + query);

        Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_FilteredByNonsense_ShowsAll() =>
        Assert.Contains("+17205550134", await _console.ReadAsync("/numbers?lifecycle=moon&status=%3Cb%3E&ordered=x"), StringComparison.Ordinal);

    [Fact]
    public async Task Numbers_ManyOfOneKind_FilterIsKeptFromPageToPage()
    {
        foreach (var number in Enumerable.Range(0, 40))
        {
            Records.AddNumber($"+130355501{number:00}", NumberLifecycle.StandbyReserved, NumberStatus.Ready, null);
        }

        using var first = await _console.Owner.GetAsync("/numbers?lifecycle=standby&status=ready", TestContext.Current.CancellationToken);
        var next = Html.LinkTo(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "More")!;

        Assert.Contains("lifecycle=standby", next, StringComparison.Ordinal);
        Assert.Contains("status=ready", next, StringComparison.Ordinal);
        var page = await _console.ReadAsync(next);
        Assert.Contains("+13035550139", page, StringComparison.Ordinal);
        Assert.DoesNotContain("+13035550151", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_ThatWaitOrFailed_SayWhyInWords()
    {
        Change(NumberStatus.Pending, n => n with { Reason = "a2p-pending" });
        Change(NumberStatus.Failed, n => n with { Reason = "some-new-reason", ErrorCode = 21452 });

        var page = await _console.ReadAsync("/numbers");

        Assert.Contains("Waiting for A2P registration", page, StringComparison.Ordinal);
        Assert.Contains("Some new reason (Twilio error 21452)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfAFilter_IsCsvThatNoSpreadsheetTakesForFormulas()
    {
        var sitter = Records.AddSitter("=HYPERLINK(\"x\"), Ms", "+13035550113", "+13035550133");
        Records.AddNumber("+13035550133", NumberLifecycle.ReservedActive, NumberStatus.Ready, sitter.Id);

        using var answer = await _console.Owner.GetAsync("/numbers/export?lifecycle=reserved", TestContext.Current.CancellationToken);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("number,lifecycle,status", lines[0], StringComparison.Ordinal);
        Assert.Contains("+13035550131,ReservedActive,Ready,Ready,,,Ana Alvarez,,,2026-11-21T12:00:00Z", lines);
        Assert.Contains(lines, line => line.Contains("\"'=HYPERLINK(\"\"x\"\"), Ms\"", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("+17205550134", StringComparison.Ordinal));
        await Eventually.TrueAsync(
            () => Task.FromResult(_console.Services.Told.OfType<RecordsExported>().Any()),
            "the export in the audit log",
            TestContext.Current.CancellationToken);
        var told = _console.Services.Told.OfType<RecordsExported>().Single();
        Assert.Equal(("numbers", 2), (told.What, told.Records));
        Assert.StartsWith("console (Owner from ", told.By, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_ShowsItsFactsAndEachChange()
    {
        var ana = Records.AllSitters.Values.First(sitter => sitter.Name == "Ana Alvarez");
        var number = Records.AddNumber(null, NumberLifecycle.StandbyReserved, NumberStatus.Pending, null);
        _console.Desk.Move(number.Id, n => n with { Number = E164Number.Parse("+13035550135"), Stage = NumberStage.Bought });
        _console.Desk.Move(number.Id, n => n with { Stage = NumberStage.Attached, Reason = "a2p-pending" });
        _console.Desk.Move(number.Id, n => n with { Stage = NumberStage.Ready, Status = NumberStatus.Ready, Reason = null });
        _console.Desk.Move(number.Id, n => n with { Lifecycle = NumberLifecycle.ReservedActive, SitterId = ana.Id });

        var page = await _console.ReadAsync($"/numbers/{number.Id}");

        foreach (var words in new[] { "+13035550135", "Given to a sitter; now Reserved", "Test passed, Ready", "Attached", "Bought", "Ordered", "Waiting for A2P registration", "Ana Alvarez" })
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Number_Unknown_SaysSo()
    {
        var (status, page) = await _console.GetAsync($"/numbers/{Guid.CreateVersion7(Records.Noon)}");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("There is nothing here", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_SentTwice_OrdersOnce()
    {
        var fields = await _console.FillAsync("/numbers/order", "order", ("lifecycle", "pool"), ("count", "3"), ("areaCode", "720"));

        var first = await _console.SendAsync("/numbers/order", fields);
        var second = await _console.SendAsync("/numbers/order", fields);

        Assert.Equal("/numbers?lifecycle=pool&status=pending&ordered=3", first.Location);
        Assert.Equal(first.Location, second.Location);
        Assert.Equal(3, Records.AllNumbers.Values.Count(number => number.Number is null));
        Assert.Equal("720", Assert.IsType<BuyNumbers>(_console.Desk.Commands.First()).AreaCode);
    }

    [Fact]
    public async Task Order_FilledInAnewInTheSameForm_IsAnotherOrder()
    {
        var fields = await _console.FillAsync("/numbers/order", "order", ("lifecycle", "pool"), ("count", "1"));
        await _console.SendAsync("/numbers/order", fields);
        fields["count"] = "2";
        await _console.SendAsync("/numbers/order", fields);

        Assert.Equal(3, Records.AllNumbers.Values.Count(number => number.Number is null));
    }

    [Theory]
    [InlineData("", "1", "lifecycle")]
    [InlineData("pool", "0", "count")]
    [InlineData("pool", "51", "count")]
    [InlineData("pool", "many", "count")]
    public async Task Order_WithAWrongField_SaysWhichAndKeepsWhatWasTyped(string lifecycle, string count, string field)
    {
        var (status, _, page) = await _console.SubmitAsync(
            "/numbers/order", "order", ("lifecycle", lifecycle), ("count", count), ("areaCode", "303"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains($"id=\"{field}-error\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{count}\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"303\"", page, StringComparison.Ordinal);
        Assert.Empty(_console.Desk.Commands);
    }

    [Fact]
    public async Task Order_RefusedByTheService_ShowsItAtItsField()
    {
        _console.Desk.NextRefusal = new Refused(RefusalKind.Invalid, "invalid-area-code", "303x is no area code: give three digits.", "areaCode");

        var (status, _, page) = await _console.SubmitAsync("/numbers/order", "order", ("lifecycle", "pool"), ("count", "2"), ("areaCode", "30x"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("aria-describedby=\"areaCode-hint areaCode-error\"", page, StringComparison.Ordinal);
        Assert.Contains("give three digits", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_WithoutTheFormsToken_IsNotTaken()
    {
        var (status, _, _) = await _console.SendAsync(
            "/numbers/order", new() { ["_handler"] = "order", ["lifecycle"] = "pool", ["count"] = "1" });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Empty(_console.Desk.Commands);
    }

    [Fact]
    public async Task Import_WithBadLines_TakesTheGoodOnesAndNamesTheBad()
    {
        var (status, _, page) = await _console.SubmitAsync(
            "/numbers/import", "import", ("text", "+13035550161\nnonsense\n+13035550162"), ("lifecycle", "pool"), ("how", "as-is"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("2 numbers imported, 0 there already, 1 refused:", page, StringComparison.Ordinal);
        Assert.Contains("<strong>Line 2:</strong> Not a telephone number.", page, StringComparison.Ordinal);
        Assert.Contains("nonsense", page, StringComparison.Ordinal);
        Assert.False(Assert.IsType<ImportNumbers>(_console.Desk.Commands.Single()).Attach);
    }

    [Fact]
    public async Task Import_OfNothing_IsRefusedBeforeItIsSent()
    {
        var (status, _, page) = await _console.SubmitAsync("/numbers/import", "import", ("text", " "), ("lifecycle", "pool"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Paste at least one number.", page, StringComparison.Ordinal);
        Assert.Empty(_console.Desk.Commands);
    }

    [Theory]
    [InlineData("attach", "Started again")]
    [InlineData("verify", "A test text is on its way")]
    public async Task Action_Taken_IsSaidOnThePage(string action, string words)
    {
        var number = Number(NumberStatus.Ready);
        var (_, location, _) = await _console.SubmitAsync($"/numbers/{number.Id}", "number-action", ("action", action));

        Assert.Contains(words, await _console.ReadAsync(location!), StringComparison.Ordinal);
        Assert.Equal(NumberStatus.Pending, Records.AllNumbers[number.Id].Status);
    }

    [Fact]
    public async Task Action_RefusedByTheService_IsShownBesideTheForm()
    {
        _console.Desk.NextRefusal = new Refused(RefusalKind.Conflict, "not-attached", "It is not attached: attach it first.");

        var (status, _, page) = await _console.SubmitAsync($"/numbers/{Number(NumberStatus.Ready).Id}", "number-action", ("action", "verify"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("It is not attached: attach it first.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"actions\" data-live-region", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assign_ToASitterWhoIsNotThere_IsShownAtTheForm()
    {
        _console.Desk.NextRefusal = new Refused(RefusalKind.NotFound, "unknown-sitter", "There is no sitter with this id.", "sitterId");
        var standby = Records.AddNumber("+13035550137", NumberLifecycle.StandbyReserved, NumberStatus.Ready, null);

        var (status, _, page) = await _console.SubmitAsync(
            $"/numbers/{standby.Id}", "number-action", ("action", "assign"), ("sitterId", Guid.CreateVersion7(Records.Noon).ToString()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("There is no sitter with this id.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assign", "Choose the sitter")]
    [InlineData("sell", "Press one of the buttons")]
    public async Task Action_Incomplete_IsAnsweredInWords(string action, string words)
    {
        var (status, _, page) = await _console.SubmitAsync($"/numbers/{Number(NumberStatus.Ready).Id}", "number-action", ("action", action));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Empty(_console.Desk.Commands);
    }

    [Fact]
    public async Task Retire_IsAskedOnceMore_AndRefusalsAreShown()
    {
        var number = Number(NumberStatus.Ready);
        _console.Desk.NextRefusal = new Refused(RefusalKind.Conflict, "in-use", "A session uses it: wait until it ends.");

        var refused = await _console.SubmitAsync($"/numbers/{number.Id}/retire", "retire");
        var done = await _console.SubmitAsync($"/numbers/{number.Id}/retire", "retire");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("A session uses it: wait until it ends.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Given up:", await _console.ReadAsync(done.Location!), StringComparison.Ordinal);
        Assert.Equal(NumberStatus.Retired, Records.AllNumbers[number.Id].Status);
    }

    private NumberView Number(NumberStatus status) =>
        Records.AllNumbers.Values.First(number => number.Lifecycle != NumberLifecycle.ReservedActive && number.Status == status);

    private void Change(NumberStatus status, Func<NumberView, NumberView> change)
    {
        var number = Number(status);
        Records.AllNumbers[number.Id] = change(number);
    }
}
