using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class SitterPageTests : IAsyncLifetime
{
    private const string Form = "/sitters/form";

    private RunningConsole _console = null!;

    private Records Records => _console.Records;

    private SitterView Ana => Records.AllSitters.Values.First(sitter => sitter.RealNumber.Reveal() == "+13035550111");

    public async ValueTask InitializeAsync() => _console = await RunningConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Sitter_AddedWhileAStandbyNumberIsReady_HasItAtOnce()
    {
        Records.AddNumber("+13035550137", NumberLifecycle.StandbyReserved, NumberStatus.Ready, null);

        var (_, location, _) = await AddAsync("Dan Diaz", "dan@example.com", "(303) 555-0114");
        var page = await _console.ReadAsync(location!);

        Assert.Contains("A standby number was Ready and is theirs", page, StringComparison.Ordinal);
        Assert.Contains("+13035550114", page, StringComparison.Ordinal);
        Assert.Contains("+13035550137", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sitter_AddedWithoutAStandbyNumber_WaitsForTheOneOrdered()
    {
        var (_, location, _) = await AddAsync("Dan Diaz", "", "303.555.0114");
        var before = await _console.ReadAsync(location!);
        _console.Desk.MakeReady(Records.AllSitters.Values.Single(s => s.Name == "Dan Diaz").Id, "+13035550138");
        var after = await _console.ReadAsync(location!);

        Assert.Contains("No standby number was Ready, so one was ordered", before, StringComparison.Ordinal);
        Assert.Contains("The number on its way", before, StringComparison.Ordinal);
        Assert.Contains("the number that was ordered is Ready", after, StringComparison.Ordinal);
        Assert.Contains("+13035550138", after, StringComparison.Ordinal);
        Assert.DoesNotContain("The number on its way", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sitter_WhoseNumberFailed_SaysWhyAndLeadsToIt()
    {
        var (_, location, _) = await AddAsync("Dan Diaz", "", "303-555-0114");
        var dan = Records.AllSitters.Values.Single(sitter => sitter.Name == "Dan Diaz");
        _console.Desk.Move(dan.ReservedNumberId!.Value, n => n with { Stage = NumberStage.Failed, Status = NumberStatus.Failed, Reason = "no-numbers-in-area" });
        Records.AllSitters[dan.Id] = dan with { ReservedStatus = NumberStatus.Failed };

        var page = await _console.ReadAsync(location!);

        Assert.Contains("No number to be had", page, StringComparison.Ordinal);
        Assert.Contains($"/numbers/{dan.ReservedNumberId}", page, StringComparison.Ordinal);
        Assert.Contains("Failed", await _console.ReadAsync("/sitters?search=dan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_SentTwice_AddsOneSitter()
    {
        var fields = await _console.FillAsync(Form, "sitter", ("function", "add"), ("name", "Dan Diaz"), ("phone", "3035550114"));

        var first = await _console.SendAsync(Form, fields);
        var second = await _console.SendAsync(Form, fields);

        Assert.Equal(HttpStatusCode.Redirect, first.Status);
        Assert.Equal(first.Location, second.Location);
        Assert.Single(Records.AllSitters.Values, sitter => sitter.Name == "Dan Diaz");
    }

    [Fact]
    public async Task Form_ReachedByBackAndFilledInAnew_AddsAnotherSitter()
    {
        var fields = await _console.FillAsync(Form, "sitter", ("function", "add"), ("name", "Dan Diaz"), ("phone", "3035550114"));
        await _console.SendAsync(Form, fields);
        (fields["name"], fields["phone"]) = ("Eve Evans", "3035550115");
        await _console.SendAsync(Form, fields);

        Assert.Contains(Records.AllSitters.Values, sitter => sitter.Name == "Eve Evans");
    }

    [Fact]
    public async Task Form_WithEveryFieldWrong_SaysAllAtOnceAndKeepsWhatWasTyped()
    {
        var (status, _, page) = await AddAsync(" ", "not an address", "12<b>");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        foreach (var field in new[] { "name", "email", "phone" })
        {
            Assert.Contains($"id=\"{field}-error\"", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"/sitters/form#{field}\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("aria-describedby=\"phone-hint phone-error\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"not an address\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"12&lt;b>\"", page.Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(_console.Desk.Commands);
    }

    [Fact]
    public async Task Form_WithAPhoneThatIsTaken_ShowsTheServicesRefusalAtTheField()
    {
        var (status, _, page) = await AddAsync("Dan Diaz", "", "303 555 0111");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Another active sitter has this phone.", page, StringComparison.Ordinal);
        Assert.Contains("id=\"phone-error\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Dan Diaz\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_ByPhoneInAnyForm_IsAskedOnceMoreThenDone()
    {
        var found = await _console.SubmitAsync(Form, "sitter", ("function", "remove"), ("phone", "1 (303) 555-0111"));
        var question = await _console.ReadAsync(found.Location!);
        var done = await _console.SubmitAsync(found.Location!, "remove");
        var page = await _console.ReadAsync(done.Location!);

        Assert.Contains("Ana Alvarez", question, StringComparison.Ordinal);
        Assert.Contains("+13035550131", question, StringComparison.Ordinal);
        Assert.Contains("Ana Alvarez was removed", page, StringComparison.Ordinal);
        Assert.Contains("Removed sitters cannot be changed", page, StringComparison.Ordinal);
        Assert.False(Ana.Active);
    }

    [Fact]
    public async Task Remove_ByAPhoneThatNobodyHas_SaysSo()
    {
        var (status, _, page) = await _console.SubmitAsync(Form, "sitter", ("function", "remove"), ("phone", "303 555 0199"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("No active sitter has this phone", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_SendsOnlyWhatWasChanged()
    {
        var (_, location, _) = await _console.SubmitAsync(
            $"/sitters/{Ana.Id}", "change", ("name", "Ana Alvarez"), ("email", "ana@example.com"), ("phone", "+13035550111"));

        var change = Assert.IsType<ChangeSitter>(_console.Desk.Commands.Single());
        Assert.Equal((null, "ana@example.com", null), (change.Name, change.Email, change.Phone));
        Assert.Contains("The changes are in effect.", await _console.ReadAsync(location!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_Refused_KeepsWhatWasTyped()
    {
        _console.Desk.NextRefusal = new Refused(RefusalKind.Conflict, "own-number", "This is a masking number; give the sitter's own phone.", "phone");

        var (status, _, page) = await _console.SubmitAsync(
            $"/sitters/{Ana.Id}", "change", ("name", "Ana A."), ("email", ""), ("phone", "303-555-0151"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("value=\"303-555-0151\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Ana A.\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"phone-error\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesWithMarkup_AreShownAsText()
    {
        const string Attack = "<script>alert(1)</script><img src=x>\"'";
        var (_, location, _) = await AddAsync(Attack, "", "3035550114");

        foreach (var path in new[] { location!, location!.Split('?')[0] + "/remove", "/sitters", "/numbers" })
        {
            using var answer = await _console.Owner.GetAsync(path, TestContext.Current.CancellationToken);
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.Contains("&lt;img", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Forms_LeaveNoNumberNameOrAddressInTheLog()
    {
        await AddAsync("Dan Diaz", "dan@example.com", "(303) 555-0114");
        await AddAsync("Eve Evans", "", "303 555 0111");

        var log = string.Join('\n', _console.Host.Log.Lines);
        foreach (var secret in new[] { "Dan Diaz", "dan@example.com", "555-0114", "555" + "0114", "555 0111" })
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        }
    }

    private Task<(HttpStatusCode Status, string? Location, string Text)> AddAsync(string name, string email, string phone) =>
        _console.SubmitAsync(Form, "sitter", ("function", "add"), ("name", name), ("email", email), ("phone", phone));
}
