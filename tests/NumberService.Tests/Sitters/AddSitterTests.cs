using PhoneMasking.Contracts;
using static PhoneMasking.NumberService.Tests.NumberServiceFixture;

namespace PhoneMasking.NumberService.Tests.Sitters;

public sealed class AddSitterTests(NumberServiceFixture service)
{
    [Fact]
    public async Task AddSitter_WithAStandbyNumber_GetsItAsReservedNumber()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+12025550101");

        var sitter = Assert.IsType<SitterView>(await service.AskAsync(Request(organisation, "(202) 555-0111")));

        Assert.Equal("+12025550111", sitter.RealNumber.Reveal());
        Assert.Equal("+12025550101", sitter.ReservedNumber?.Reveal());
        Assert.True(sitter.Active);
        var changed = await service.Bus.WaitForAsync<SitterChanged>(
            seen => seen.SitterId == sitter.Id, TestContext.Current.CancellationToken);
        Assert.Equal(sitter.ReservedNumberId, changed.ReservedNumberId);
        var number = await service.Bus.WaitForAsync<NumberChanged>(
            seen => seen.NumberId == sitter.ReservedNumberId && seen.Version == 2, TestContext.Current.CancellationToken);
        Assert.Equal((NumberLifecycle.ReservedActive, sitter.Id), (number.Lifecycle, number.SitterId));
    }

    [Fact]
    public async Task AddSitter_DeliveredTwice_AddsOneSitter()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+12025550102", "+12025550103");
        var request = Request(organisation, "+12025550112");

        var first = await service.AskAsync(request);
        var second = await service.AskAsync(request);

        Assert.Equal(Assert.IsType<SitterView>(first), second);
        await service.PublishedAsync();
        Assert.Single(service.Bus.Kept<SitterChanged>(), seen => seen.OrganisationId == organisation);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("12345")]
    [InlineData("")]
    [InlineData("+1 202 555 0114 x5")]
    public async Task AddSitter_WithAPhoneThatIsNone_IsRefusedNamingThePhone(string phone)
    {
        var refused = Assert.IsType<Refused>(await service.AskAsync(Request(NewOrganisation(), phone)));

        Assert.Equal((RefusalKind.Invalid, "phone"), (refused.Kind, refused.Field));
    }

    [Theory]
    [InlineData("", null, "name")]
    [InlineData(" ", null, "name")]
    [InlineData("Ana\0", null, "name")]
    [InlineData("Ana", "no address", "email")]
    public async Task AddSitter_WithAWrongNameOrEmail_IsRefusedNamingIt(string name, string? email, string field)
    {
        var request = new AddSitter(NewOrganisation(), Guid.CreateVersion7(), name, email, "+12025550115");

        var refused = Assert.IsType<Refused>(await service.AskAsync(request));

        Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task AddSitter_WithOneOfOurOwnNumbers_IsRefusedNamingThePhone()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+12025550105");

        var refused = Assert.IsType<Refused>(await service.AskAsync(Request(organisation, "+12025550105")));

        Assert.Equal(("own-number", "phone"), (refused.Problem, refused.Field));
    }

    [Fact]
    public async Task AddSitter_WithAnotherActiveSittersPhone_IsRefusedNamingThePhone()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+12025550106", "+12025550107");
        await service.AskAsync(Request(organisation, "+12025550116"));

        var refused = Assert.IsType<Refused>(await service.AskAsync(Request(organisation, "+12025550116")));

        Assert.Equal(("phone-taken", "phone"), (refused.Problem, refused.Field));
    }

    [Fact]
    public async Task AddSitter_WithAPhoneOfAnotherOrganisationsSitter_IsFine()
    {
        var (one, other) = (NewOrganisation(), NewOrganisation());
        await service.ImportAsync(one, NumberLifecycle.StandbyReserved, "+12025550108");
        await service.ImportAsync(other, NumberLifecycle.StandbyReserved, "+12025550109");
        await service.AskAsync(Request(one, "+12025550117"));

        Assert.IsType<SitterView>(await service.AskAsync(Request(other, "+12025550117")));
    }

    [Fact]
    public async Task AddSitter_FiftyAtOnceOnTwoInstances_GiveEachStandbyNumberOnceAndOrderForTheRest()
    {
        var organisation = NewOrganisation();
        await using var second = await service.StartHostAsync();
        var standby = Enumerable.Range(0, 20).Select(index => $"+171955501{index:00}").ToArray();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, standby);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(index => service.AskAsync(Request(organisation, $"+171955501{50 + index:00}"))));

        var sitters = answers.Cast<SitterView>().ToArray();
        var served = sitters.Where(sitter => sitter.ReservedStatus == NumberStatus.Ready);
        Assert.Equal(standby.Order(), served.Select(sitter => sitter.ReservedNumber!.Reveal()).Order());
        Assert.Equal(50, sitters.Select(sitter => sitter.ReservedNumberId).Distinct().Count());
        var orders = (await service.NumbersAsync(organisation)).Where(number => number.OrderId is not null);
        Assert.Equal(
            [(NumberPurpose.SitterAssignment, 30), (NumberPurpose.StandbyReplenishment, 1)],
            orders.CountBy(order => order.Purpose!.Value).Select(pair => (pair.Key, pair.Value)).Order());
    }

    private static AddSitter Request(OrganisationId organisation, string phone) =>
        new(organisation, Guid.CreateVersion7(), "Ana Alvarez", null, phone);
}
