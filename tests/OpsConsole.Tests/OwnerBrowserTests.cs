using Microsoft.Playwright;
using PhoneMasking.Browsing;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;

namespace PhoneMasking.OpsConsole.Tests;

/// <summary>The owner at work in a real browser, at a desk and on a phone: numbers, sitters, utilization.</summary>
public sealed class OwnerBrowserTests(Chromium chromium) : OwnerInBrowser(chromium, "owner")
{
    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Numbers_AreFilteredOrderedAndLookedAtOneByOne(int width)
    {
        var page = await OpenAsync("/numbers", width);
        await ShowAsync(page, "numbers", width);
        await page.GetByLabel("Status").SelectOptionAsync("Failed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(page.GetByText("No number to be had", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(page.GetByText("+13035550151")).ToHaveCountAsync(0);
        Assert.EndsWith("?lifecycle=&status=failed", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Order numbers" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Order" }).ClickAsync();
        await Expect(page.GetByText("Nothing was ordered.")).ToBeVisibleAsync();
        await Expect(page.Locator("[role=alert]")).ToBeFocusedAsync();
        await ShowAsync(page, "order-refused", width);
        await page.GetByLabel("Pool").CheckAsync();
        await page.GetByLabel("How many").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Order" }).ClickAsync();
        await Expect(page.GetByText("2 numbers are on order.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "On order" })).ToHaveCountAsync(3);

        var number = Number("+17205550134");
        await page.GotoAsync(Address("/numbers?lifecycle=standby"));
        await page.GetByRole(AriaRole.Link, new() { Name = "+17205550134" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify again" }).ClickAsync();
        await Expect(page.GetByText("A test text is on its way.")).ToBeVisibleAsync();
        await Expect(page.Locator("#entries tbody tr")).ToHaveCountAsync(2);
        await ShowAsync(page, "number", width);
        await page.GetByRole(AriaRole.Link, new() { Name = "Retire" }).ClickAsync();
        await ShowAsync(page, "retire", width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Give it back for good" }).ClickAsync();
        await Expect(page.GetByText("there is nothing left to do", new() { Exact = false })).ToBeVisibleAsync();
        Assert.Equal(NumberStatus.Retired, Records.AllNumbers[number].Status);
    }

    [Fact]
    public async Task Number_WhileItChangesElsewhere_OffersWhatItsStateAllows()
    {
        var page = await OpenAsync($"/numbers/{Number("+17205550134")}", Desk);
        await Expect(page.Locator("#live-words")).ToHaveTextAsync("Live");
        await page.GetByLabel("Give it to a sitter").SelectOptionAsync("Eve Evans");

        Console.Desk.Move(Number("+17205550134"), number => number with { Reason = "a2p-pending" });
        await Console.AnnounceAsync();

        await Expect(page.GetByText("Waiting for A2P registration").First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Give it to a sitter")).ToHaveValueAsync(Sitter("Eve Evans").Id.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await Expect(page.GetByText("The sitter has this number now.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Given to a sitter; now Reserved")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Release" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Assign" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Import_WithABadLine_NamesItAndKeepsTheList()
    {
        var page = await OpenAsync("/numbers/import", Phone);
        await page.GetByLabel("Numbers", new() { Exact = true }).FillAsync("+13035550161\n12\n+13035550162");
        await page.GetByLabel("Pool").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();

        await Expect(page.GetByText("Line 2:")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Numbers", new() { Exact = true })).ToHaveValueAsync("+13035550161\n12\n+13035550162");
        await ShowAsync(page, "import", Phone);
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Sitter_IsAddedWithAStandbyNumber_ThenWithoutOne_ThenRemoved(int width)
    {
        var page = await OpenAsync("/sitters", width);
        await ShowAsync(page, "sitters", width);
        await AddAsync(page, "Fay Foster", "(303) 555-0116");
        await Expect(page.GetByText("A standby number was Ready and is theirs", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(page.GetByText("+13035550116")).ToBeVisibleAsync();
        await ShowAsync(page, "sitter", width);

        await AddAsync(page, "Gus Green", "303.555.0117");
        await Expect(page.Locator(".step-now")).ToContainTextAsync("Being bought");
        await Expect(page.Locator("#live-words")).ToHaveTextAsync("Live");
        await page.GetByLabel("Name").FillAsync("Gustav Green");
        await ShowAsync(page, "sitter-waiting", width);
        Console.Desk.MakeReady(Sitter("Gus Green").Id, "+13035550138");
        await Console.AnnounceAsync();
        await Expect(page.GetByText("the number that was ordered is Ready", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(page.GetByText("+13035550138")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Gustav Green");
        await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();

        await page.GotoAsync(Address("/sitters/form"));
        await page.GetByLabel("Remove").CheckAsync();
        await page.GetByLabel("Real phone").FillAsync("+1 303 555 0117");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await ShowAsync(page, "sitter-remove", width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("Gus Green was removed", new() { Exact = false })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task SitterForm_Refused_LeadsToEachFieldByKeyboard(int width)
    {
        var page = await OpenAsync("/sitters/form", width);
        await ShowAsync(page, "sitter-form", width);
        await page.GetByLabel("E-mail").FillAsync("nobody");
        await page.GetByLabel("E-mail").PressAsync("Enter");

        await Expect(page.Locator("[role=alert]")).ToBeFocusedAsync();
        await ShowAsync(page, "sitter-form-refused", width);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("Real phone").Or(page.GetByLabel("E-mail")).Or(page.GetByLabel("Name")).And(page.Locator(":focus"))).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("E-mail")).ToHaveValueAsync("nobody");
        await Expect(page.GetByLabel("E-mail")).ToHaveAttributeAsync("aria-describedby", "email-error");
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Dashboard_ShowsChartAndRuns_AndRunsAMonitorNow(int width)
    {
        var page = await OpenAsync("/utilization", width);
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Utilization rate" })).ToBeVisibleAsync();
        await ShowAsync(page, "utilization", width);
        await page.GetByText("The same as a table").ClickAsync();
        await Expect(page.Locator("#charts").GetByText("2026-11-20")).ToBeVisibleAsync();
        await Expect(page.Locator("#live-words")).ToHaveTextAsync("Live");

        Console.Desk.Usage.Now = new UtilizationView(20, 19, 0, 1, 0, 7, 9);
        await Console.AnnounceAsync();
        await Expect(page.Locator("#now")).ToContainTextAsync("More pool numbers are needed");
        await Expect(page.Locator("#charts").GetByText("2026-11-20")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "7 days" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run pool monitor now" }).ClickAsync();
        await Expect(page.GetByText("Pool capacity monitor ran.")).ToBeVisibleAsync();
        await Expect(page.Locator("#run-list tbody tr")).ToHaveCountAsync(3);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "7 days" })).ToHaveAttributeAsync("aria-current", "page");
    }

    private protected override void Prepare()
    {
        Console.Desk.Usage.Fill(Records.Noon, days: 90);
        Console.Desk.Usage.Run(Guid.CreateVersion7(Records.Noon), NumberMonitor.PoolCapacity, onDemand: false, Records.Noon.AddHours(-17));
        Console.Desk.Usage.Run(Guid.CreateVersion7(Records.Noon.AddDays(1)), NumberMonitor.StandbyKeeper, onDemand: false, Records.Noon.AddHours(-41));
    }

    private protected override Records Given()
    {
        var records = Records.Sample();
        records.AddSitter("Cara Chen", "+13035550113", "+13035550133");
        var eve = records.AddSitter("Eve Evans", "+13035550115", "+13035550135");
        records.AllSitters[eve.Id] = eve with { ReservedNumber = null, ReservedNumberId = null, Email = "eve@example.com" };
        records.Edit("+17205550134", n => n with { Status = NumberStatus.Ready, Stage = NumberStage.Ready, AttachStatus = AttachStatus.Ready, VerificationStatus = VerificationStatus.Verified, Purpose = NumberPurpose.StandbyReplenishment, PurchasedAt = Records.Noon.AddDays(-6), TwilioSid = "PN" + new string('a', 32) });
        records.Edit("+13035550152", n => n with { Number = null, Purpose = NumberPurpose.PoolExpansion, Reason = "no-numbers-in-area" });
        var waiting = records.AddNumber("+13035550153", NumberLifecycle.Pool, NumberStatus.Pending, null);
        records.AllNumbers[waiting.Id] = waiting with { Reason = "a2p-pending", Purpose = NumberPurpose.PoolExpansion, PurchasedAt = Records.Noon.AddHours(-2) };
        var resting = records.AddNumber("+13035550136", NumberLifecycle.StandbyReserved, NumberStatus.Resting, null);
        records.AllNumbers[resting.Id] = resting with { RestsUntil = Records.Noon.AddDays(9) };
        var dedicated = records.AddNumber("+13035550156", NumberLifecycle.Dedicated, NumberStatus.Ready, null);
        records.AllNumbers[dedicated.Id] = dedicated with { ClientId = records.AllClients.First().Id };
        records.AddNumber(null, NumberLifecycle.Pool, NumberStatus.Pending, null);
        var days = 40;
        foreach (var sitter in records.AllSitters.Values.OrderBy(sitter => sitter.Id.Value))
        {
            records.AllSitters[sitter.Id] = sitter with { CreatedAt = Records.Noon.AddHours(-29 * days--) };
        }

        foreach (var number in records.AllNumbers.Values.OrderBy(number => number.Id.Value))
        {
            records.AllNumbers[number.Id] = number with { CreatedAt = Records.Noon.AddHours(-23 * days--) };
        }

        return records;
    }

    private static async Task AddAsync(IPage page, string name, string phone)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/sitters").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Add or remove a sitter" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Real phone").FillAsync(phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
    }

    private NumberId Number(string number) => Records.AllNumbers.Values.Single(known => known.Number?.Reveal() == number).Id;

    private SitterView Sitter(string name) => Records.AllSitters.Values.Single(sitter => sitter.Name == name);
}
