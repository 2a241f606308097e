using PhoneMasking.Contracts;
using static PhoneMasking.NumberService.Tests.NumberServiceFixture;

namespace PhoneMasking.NumberService.Tests.Inventory;

public sealed class ImportNumbersTests(NumberServiceFixture service)
{
    [Fact]
    public async Task Import_OfAList_MakesThemReadyAndTellsOfEach()
    {
        var organisation = NewOrganisation();

        var imported = await ImportAsync(organisation, "+12065550101, (206) 555-0102\n+447700900101");

        Assert.Equal((3, 0), (imported.Imported, imported.Skipped));
        Assert.Empty(imported.Errors);
        await service.Bus.WaitForAsync<NumberChanged>(
            seen => seen.OrganisationId == organisation && seen.Number!.Reveal() == "+447700900101",
            TestContext.Current.CancellationToken);
        var page = Assert.IsType<NumberPage>(await service.AskAsync(new ListNumbers(organisation, null, 200)));
        Assert.All(page.Items, number => Assert.Equal(
            (NumberLifecycle.Pool, NumberStatus.Ready, 1L), (number.Lifecycle, number.Status, number.Version)));
    }

    [Fact]
    public async Task Import_DeliveredTwice_SkipsWhatExists()
    {
        var organisation = NewOrganisation();
        const string Text = "+12065550103,+12065550104";

        await ImportAsync(organisation, Text);
        var second = await ImportAsync(organisation, Text);

        Assert.Equal((0, 2), (second.Imported, second.Skipped));
        await service.PublishedAsync();
        await service.Bus.WaitForAsync<NumberChanged>(
            seen => seen.Number!.Reveal() == "+12065550104", TestContext.Current.CancellationToken);
        Assert.Single(service.Bus.Kept<NumberChanged>(), seen => seen.Number!.Reveal() == "+12065550104");
    }

    [Fact]
    public async Task Import_OfCsv_TakesEachLinesLifecycleAndNamesTheBadLines()
    {
        var organisation = NewOrganisation();
        const string Text =
            "\uFEFFNumber, Lifecycle\r\n+12065550105,pool\r\n\"+12065550106\",standby\r\nwrong,pool\r\n"
            + "+12065550107,gold\r\n\r\n+12065550108,\r\n+12065550109,pool,more\r\n+12065550105,pool\r\n";

        var imported = await ImportAsync(organisation, Text);

        Assert.Equal((3, 1), (imported.Imported, imported.Skipped));
        Assert.Equal([4, 5, 8], imported.Errors.Select(error => error.Line));
        Assert.DoesNotContain(imported.Errors, error => error.Detail.Contains("wrong", StringComparison.Ordinal));
        var page = Assert.IsType<NumberPage>(await service.AskAsync(new ListNumbers(organisation, null, 200)));
        Assert.Equal(
            NumberLifecycle.StandbyReserved,
            page.Items.Single(number => number.Number!.Reveal() == "+12065550106").Lifecycle);
    }

    [Fact]
    public async Task Import_OfWhatWasExported_IsSkippedWhereItIsAndTakenOverElsewhere()
    {
        var here = NewOrganisation();
        await service.ImportAsync(here, NumberLifecycle.Pool, "+12065550117");
        await service.ImportAsync(here, NumberLifecycle.StandbyReserved, "+12065550118");
        await service.AskAsync(new AddSitter(here, Guid.CreateVersion7(), "Ana Alvarez", null, "+12065550119"));

        // As the console and the API write them; the last two only the file knows.
        const string OfTheConsole =
            "number,lifecycle,status,stage,reason,error_code,sitter,client,bought_at,added_at\r\n"
            + "+12065550117,Pool,Ready,Ready,,,,,,2026-11-21T12:00:00Z\r\n"
            + "+12065550118,ReservedActive,Ready,Ready,,,\"'=Alvarez, Ana\",,,2026-11-21T12:00:00Z\r\n"
            + ",Pool,Pending,Intended,,,,,,2026-11-21T12:00:00Z\r\n"
            + "+12065550120,StandbyReserved,Ready,Ready,,,,,,2026-11-21T12:00:00Z\r\n"
            + "+12065550121,ReservedActive,Ready,Ready,,,Ben Brooks,,,2026-11-21T12:00:00Z\r\n";
        const string OfTheApi =
            "id,number,lifecycle,status,stage,sitterId,clientId\r\n"
            + "1,'+12065550117,pool,ready,ready,,\r\n"
            + "2,'+12065550118,reserved-active,ready,ready,7,\r\n"
            + "3,'+12065550120,standby-reserved,ready,ready,,\r\n"
            + "4,'+12065550122,pool,retired,retired,,\r\n"
            + "5,'+12065550123,dedicated,ready,ready,,9\r\n";

        var ofTheConsole = await ImportAsync(here, OfTheConsole);
        var ofTheApi = await ImportAsync(here, OfTheApi);

        Assert.Equal((1, 2), (ofTheConsole.Imported, ofTheConsole.Skipped));
        Assert.Equal((6, true), (ofTheConsole.Errors.Single().Line, ofTheConsole.Errors[0].Detail.Contains("standby", StringComparison.Ordinal)));
        Assert.Equal((0, 3), (ofTheApi.Imported, ofTheApi.Skipped));
        Assert.Equal([5, 6], ofTheApi.Errors.Select(error => error.Line));
        var page = Assert.IsType<NumberPage>(await service.AskAsync(new ListNumbers(here, null, 200)));
        Assert.Equal(
            [NumberLifecycle.Pool, NumberLifecycle.ReservedActive, NumberLifecycle.StandbyReserved],
            page.Items.Where(number => number.Number is not null)
                .OrderBy(number => number.Number!.Reveal(), StringComparer.Ordinal)
                .Select(number => number.Lifecycle));
    }

    [Fact]
    public async Task Import_OfASittersOwnPhone_RefusesThatLineOnly()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+12065550110");
        await service.AskAsync(
            new AddSitter(organisation, Guid.CreateVersion7(), "Ana Alvarez", null, "+12065550111"));

        var imported = await ImportAsync(organisation, "+12065550112\n+12065550111");

        Assert.Equal(1, imported.Imported);
        Assert.Equal(2, Assert.Single(imported.Errors).Line);
    }

    [Theory]
    [InlineData("", NumberLifecycle.Pool, "text")]
    [InlineData(" \n", NumberLifecycle.Pool, "text")]
    [InlineData("+12065550113", NumberLifecycle.ReservedActive, "lifecycle")]
    public async Task Import_WithAWrongField_IsRefusedNamingIt(string text, NumberLifecycle lifecycle, string field)
    {
        var refused = Assert.IsType<Refused>(
            await service.AskAsync(new ImportNumbers(NewOrganisation(), text, lifecycle)));

        Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task Import_OfMoreThan256KiB_IsRefused()
    {
        var text = new string('1', (256 * 1024) + 1);

        var refused = Assert.IsType<Refused>(
            await service.AskAsync(new ImportNumbers(NewOrganisation(), text, NumberLifecycle.Pool)));

        Assert.Equal("text", refused.Field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task ListNumbers_OfNoneOrTooMany_IsRefusedNamingTheLimit(int limit)
    {
        var refused = Assert.IsType<Refused>(await service.AskAsync(new ListNumbers(NewOrganisation(), null, limit)));

        Assert.Equal((RefusalKind.Invalid, "limit"), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task ListNumbers_PageByPage_GivesEachNumberOnce()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.Pool, "+12065550114", "+12065550115", "+12065550116");

        var first = Assert.IsType<NumberPage>(await service.AskAsync(new ListNumbers(organisation, null, 2)));
        var second = Assert.IsType<NumberPage>(await service.AskAsync(new ListNumbers(organisation, first.Next, 2)));

        Assert.Null(second.Next);
        Assert.Equal(
            ["+12065550114", "+12065550115", "+12065550116"],
            first.Items.Concat(second.Items).Select(number => number.Number!.Reveal()).Order());
    }

    private async Task<NumbersImported> ImportAsync(OrganisationId organisation, string text) =>
        Assert.IsType<NumbersImported>(
            await service.AskAsync(new ImportNumbers(organisation, text, NumberLifecycle.Pool)));
}
