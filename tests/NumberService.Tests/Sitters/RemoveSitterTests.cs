using PhoneMasking.Contracts;
using static PhoneMasking.NumberService.Tests.NumberServiceFixture;

namespace PhoneMasking.NumberService.Tests.Sitters;

public sealed class RemoveSitterTests(NumberServiceFixture service)
{
    [Fact]
    public async Task RemoveSitter_WithAReservedNumber_MakesItRestAsStandby()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+14155550101");
        var sitter = await AddAsync(organisation, "Ana Alvarez", "+14155550111");

        var removed = Assert.IsType<SitterView>(await service.AskAsync(new RemoveSitter(organisation, sitter.Id)));

        Assert.Equal((false, 2L, null), (removed.Active, removed.Version, removed.ReservedNumberId));
        var changed = await service.Bus.WaitForAsync<SitterChanged>(
            seen => seen.SitterId == sitter.Id && seen.Version == 2, TestContext.Current.CancellationToken);
        Assert.Equal((false, "removed"), (changed.Active, changed.Reason));
        await service.Bus.WaitForAsync<NumberChanged>(
            seen => seen.NumberId == sitter.ReservedNumberId
                && seen is
                {
                    Version: 3,
                    Lifecycle: NumberLifecycle.StandbyReserved,
                    Status: NumberStatus.Resting,
                    SitterId: null,
                },
            TestContext.Current.CancellationToken);
        var told = await service.Bus.WaitForAsync<SitterRemoved>(
            seen => seen.SitterId == sitter.Id, TestContext.Current.CancellationToken);
        Assert.Equal(
            ("Ana Alvarez", sitter.ReservedNumberId, "+14155550101"),
            (told.SitterName, told.NumberId, told.Number?.Reveal()));
    }

    [Fact]
    public async Task RemoveSitter_DeliveredTwice_ChangesNothingMore()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+14155550102");
        var sitter = await AddAsync(organisation, "Ana Alvarez", "+14155550112");

        var both = await Task.WhenAll(
            service.AskAsync(new RemoveSitter(organisation, sitter.Id)),
            service.AskAsync(new RemoveSitter(organisation, sitter.Id)));

        Assert.All(both, answer => Assert.Equal(2, Assert.IsType<SitterView>(answer).Version));
        await service.PublishedAsync();
        await service.Bus.WaitForAsync<SitterChanged>(
            seen => seen.SitterId == sitter.Id && seen.Version == 2, TestContext.Current.CancellationToken);
        Assert.Single(service.Bus.Kept<SitterChanged>(), seen => seen.SitterId == sitter.Id && !seen.Active);
    }

    [Fact]
    public async Task Sitter_OfAnotherOrganisation_IsNotFound()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+14155550103");
        var sitter = await AddAsync(organisation, "Ana Alvarez", "+14155550113");
        var other = NewOrganisation();

        var read = Assert.IsType<Refused>(await service.AskAsync(new ReadSitter(other, sitter.Id)));
        var removed = Assert.IsType<Refused>(await service.AskAsync(new RemoveSitter(other, sitter.Id)));

        Assert.Equal((RefusalKind.NotFound, RefusalKind.NotFound), (read.Kind, removed.Kind));
        Assert.Equal(sitter, await service.AskAsync(new ReadSitter(organisation, sitter.Id)));
    }

    [Fact]
    public async Task ListSitters_SearchedPageByPage_GivesEachOnce()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(
            organisation, NumberLifecycle.StandbyReserved, "+14155550104", "+14155550105", "+14155550106");
        await AddAsync(organisation, "Ana Alvarez", "+14155550114");
        await AddAsync(organisation, "Ben Brooks", "+14155550115");
        await AddAsync(organisation, "Anabel Chen", "+14155550116");

        var first = Assert.IsType<SitterPage>(await service.AskAsync(new ListSitters(organisation, null, 1, "ANA")));
        var second = Assert.IsType<SitterPage>(
            await service.AskAsync(new ListSitters(organisation, first.Next, 1, "ANA")));

        Assert.Null(second.Next);
        Assert.Equal(
            ["Ana Alvarez", "Anabel Chen"],
            first.Items.Concat(second.Items).Select(sitter => sitter.Name).Order());
    }

    [Theory]
    [InlineData(0, null, "limit")]
    [InlineData(201, null, "limit")]
    [InlineData(10, "a\0", "search")]
    public async Task ListSitters_WithAWrongField_IsRefusedNamingIt(int limit, string? search, string field)
    {
        var refused = Assert.IsType<Refused>(
            await service.AskAsync(new ListSitters(NewOrganisation(), null, limit, search)));

        Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
    }

    private async Task<SitterView> AddAsync(OrganisationId organisation, string name, string phone) =>
        Assert.IsType<SitterView>(
            await service.AskAsync(new AddSitter(organisation, Guid.CreateVersion7(), name, null, phone)));
}
