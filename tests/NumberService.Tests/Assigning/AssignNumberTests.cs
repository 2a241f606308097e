using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.World;

namespace PhoneMasking.NumberService.Tests.Assigning;

public sealed class AssignNumberTests(NumberWorld world) : IClassFixture<NumberWorld>
{
    [Fact]
    public async Task ReleaseNumber_OfASitter_LeavesThemWithoutUntilAnotherOneIsAssigned()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+15635550101", "+15635550102");
        var sitter = await AddAsync(organisation, "+15635550111");
        var other = Assert.Single(
            await world.NumbersAsync(organisation), number => number.Lifecycle == NumberLifecycle.StandbyReserved);

        var released = Assert.IsType<NumberView>(await ReleaseAsync(organisation, sitter.ReservedNumberId!.Value));
        var without = await ReadAsync(organisation, sitter.Id);
        var assigned = Assert.IsType<NumberView>(await AssignAsync(organisation, other.Id, sitter.Id));
        var again = await AssignAsync(organisation, other.Id, sitter.Id);

        Assert.Equal((NumberLifecycle.StandbyReserved, NumberStatus.Resting), (released.Lifecycle, released.Status));
        Assert.Equal(released, await ReleaseAsync(organisation, released.Id));
        Assert.Equal((null, null, 2), (without.ReservedNumberId, without.ReservedStatus, without.Version));
        Assert.Equal(NumberLifecycle.ReservedActive, assigned.Lifecycle);
        Assert.Equal(assigned, again);
        var now = await ReadAsync(organisation, sitter.Id);
        Assert.Equal((other.Id, "+15635550102", 3), (now.ReservedNumberId!.Value, now.ReservedNumber?.Reveal(), now.Version));
    }

    [Fact]
    public async Task AssignNumber_ToASitterWhoseNumberFailed_ReplacesIt()
    {
        var organisation = NumberWorld.NewOrganisation();
        var sitter = await AddAsync(organisation, "+15635550112");
        await world.FailAsync(sitter.ReservedNumberId!.Value);
        await world.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+15635550103");
        var standby = Assert.Single(await world.NumbersAsync(organisation), number => number.Number is not null);

        Assert.IsType<NumberView>(await AssignAsync(organisation, standby.Id, sitter.Id));

        var now = await ReadAsync(organisation, sitter.Id);
        Assert.Equal((NumberStatus.Ready, "+15635550103"), (now.ReservedStatus, now.ReservedNumber?.Reveal()));
        var failed = Assert.Single(
            await world.NumbersAsync(organisation), number => number.Id == sitter.ReservedNumberId);
        Assert.Equal((NumberLifecycle.StandbyReserved, NumberStatus.Failed), (failed.Lifecycle, failed.Status));
    }

    [Fact]
    public async Task AssignNumber_ThatTheStateForbids_IsRefusedAndChangesNothing()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+15635550104", "+15635550105");
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+15635550106");
        var sitter = await AddAsync(organisation, "+15635550113");
        var gone = await AddAsync(organisation, "+15635550114");
        await world.AskAsync<RemoveSitter, SitterView>(new RemoveSitter(organisation, gone.Id));
        await world.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+15635550107");
        var numbers = await world.NumbersAsync(organisation);
        NumberId Find(string number) => numbers.Single(found => found.Number?.Reveal() == number).Id;

        Assert.Equal("sitter-has-number", await RefuseAsync(Find("+15635550107"), sitter.Id));
        Assert.Equal("sitter-removed", await RefuseAsync(Find("+15635550107"), gone.Id));
        Assert.Equal("number-not-standby", await RefuseAsync(Find("+15635550106"), sitter.Id));
        Assert.Equal("number-not-ready", await RefuseAsync(gone.ReservedNumberId!.Value, sitter.Id));
        Assert.Equal("unknown-number", await RefuseAsync(NumberId.New(DateTimeOffset.UnixEpoch), sitter.Id));
        Assert.Equal("unknown-sitter", await RefuseAsync(Find("+15635550107"), SitterId.New(DateTimeOffset.UnixEpoch)));
        Assert.Equal(sitter, await ReadAsync(organisation, sitter.Id));

        async Task<string> RefuseAsync(NumberId number, SitterId to) =>
            Assert.IsType<Refused>(await AssignAsync(organisation, number, to)).Problem;
    }

    private async Task<SitterView> AddAsync(OrganisationId organisation, string phone) =>
        Assert.IsType<SitterView>(await world.AskAsync<AddSitter, SitterView>(
            new AddSitter(organisation, Guid.CreateVersion7(), "Ana Alvarez", null, phone)));

    private async Task<SitterView> ReadAsync(OrganisationId organisation, SitterId sitter) =>
        Assert.IsType<SitterView>(await world.AskAsync<ReadSitter, SitterView>(new ReadSitter(organisation, sitter)));

    private Task<object> AssignAsync(OrganisationId organisation, NumberId number, SitterId sitter) =>
        world.AskAsync<AssignNumber, NumberView>(new AssignNumber(organisation, number, sitter));

    private Task<object> ReleaseAsync(OrganisationId organisation, NumberId number) =>
        world.AskAsync<ReleaseNumber, NumberView>(new ReleaseNumber(organisation, number));
}
