using PhoneMasking.Contracts;
using static PhoneMasking.NumberService.Tests.NumberServiceFixture;

namespace PhoneMasking.NumberService.Tests.Sitters;

public sealed class ReturningSitterTests(NumberServiceFixture service)
{
    [Fact]
    public async Task AddSitter_WithThePhoneOfOneWhoWasRemoved_BringsThemBackWithTheNumberThatRests()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+15055550101", "+15055550102");
        var sitter = await AddAsync(organisation, "Ana Alvarez", "+15055550111");
        await service.AskAsync(new RemoveSitter(organisation, sitter.Id));

        var again = await AddAsync(organisation, "Ana A. Alvarez", "+15055550111");

        Assert.Equal((sitter.Id, "Ana A. Alvarez", true), (again.Id, again.Name, again.Active));
        Assert.Equal((sitter.ReservedNumberId, NumberStatus.Ready), (again.ReservedNumberId, again.ReservedStatus));
        Assert.Equal(sitter.CreatedAt, again.CreatedAt);
        await service.PublishedAsync();
        Assert.Equal(2, service.Bus.Kept<SitterNumberAssigned>().Count(seen => seen.SitterId == sitter.Id));
        Assert.DoesNotContain(await service.NumbersAsync(organisation), number => number.OrderId is not null);
    }

    [Fact]
    public async Task AddSitter_WhileOnlyAnothersFormerNumberRests_GetsAnOrderedOne()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+15055550103", "+15055550104");
        var leaving = await AddAsync(organisation, "Ana Alvarez", "+15055550112");
        await AddAsync(organisation, "Ben Brooks", "+15055550113");
        await service.AskAsync(new RemoveSitter(organisation, leaving.Id));

        var next = await AddAsync(organisation, "Cara Chen", "+15055550114");

        Assert.Equal(NumberStatus.Pending, next.ReservedStatus);
        Assert.NotEqual(leaving.ReservedNumberId, next.ReservedNumberId);
    }

    [Fact]
    public async Task RemoveSitter_WhoseNumberIsOnItsWay_MakesTheOrderStandbyAndGivesItBackOnReturn()
    {
        var organisation = NewOrganisation();
        var sitter = await AddAsync(organisation, "Ana Alvarez", "+15055550115");
        await service.AskAsync(new RemoveSitter(organisation, sitter.Id));
        var order = Assert.Single(await service.NumbersAsync(organisation));
        Assert.Equal(
            (NumberLifecycle.StandbyReserved, NumberStatus.Pending, null), (order.Lifecycle, order.Status, order.SitterId));

        var again = await AddAsync(organisation, "Ana Alvarez", "+15055550115");

        Assert.Equal((order.Id, NumberStatus.Pending), (again.ReservedNumberId, again.ReservedStatus));
        Assert.Single(await service.NumbersAsync(organisation));
    }

    [Fact]
    public async Task AddSitter_TheSamePhoneTwiceAtOnce_AddsOneAndRefusesTheOther()
    {
        var organisation = NewOrganisation();
        await using var second = await service.StartHostAsync();

        var both = await Task.WhenAll(
            service.AskAsync(Request(organisation, "Ana Alvarez", "+15055550116")),
            service.AskAsync(Request(organisation, "Ana Alvarez", "(505) 555-0116")));

        Assert.Single(both.OfType<SitterView>());
        Assert.Equal("phone-taken", Assert.Single(both.OfType<Refused>()).Problem);
        Assert.Single(await service.NumbersAsync(organisation));
    }

    [Fact]
    public async Task RemoveSitter_WithoutCoolOff_FreesTheNumberAtOnce()
    {
        var servers = await TestServers.TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var bus = await new TestServers.TestBus(broker).StartAsync(TestContext.Current.CancellationToken);
        await using var host = Host(database, broker, ("Numbers:CoolOff", "00:00:00"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var organisation = NewOrganisation();
        var cancellation = TestContext.Current.CancellationToken;
        await bus.AskAsync<ImportNumbers, NumbersImported>(
            new ImportNumbers(organisation, "+15055550105", NumberLifecycle.StandbyReserved), cancellation);
        var sitter = (SitterView)await bus.AskAsync<AddSitter, SitterView>(
            Request(organisation, "Ana Alvarez", "+15055550117"), cancellation);
        await bus.AskAsync<RemoveSitter, SitterView>(new RemoveSitter(organisation, sitter.Id), cancellation);

        var next = (SitterView)await bus.AskAsync<AddSitter, SitterView>(
            Request(organisation, "Ben Brooks", "+15055550118"), cancellation);

        Assert.Equal((sitter.ReservedNumberId, NumberStatus.Ready), (next.ReservedNumberId, next.ReservedStatus));
    }

    private static AddSitter Request(OrganisationId organisation, string name, string phone) =>
        new(organisation, Guid.CreateVersion7(), name, null, phone);

    private async Task<SitterView> AddAsync(OrganisationId organisation, string name, string phone) =>
        Assert.IsType<SitterView>(await service.AskAsync(Request(organisation, name, phone)));
}
