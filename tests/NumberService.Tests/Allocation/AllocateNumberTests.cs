using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.World;

namespace PhoneMasking.NumberService.Tests.Allocation;

public sealed class AllocateNumberTests(NumberWorld world) : IClassFixture<NumberWorld>
{
    [Fact]
    public async Task AllocateNumber_ForAClient_TakesOneOutOfThePoolForThemAlone()
    {
        var organisation = NumberWorld.NewOrganisation();
        var client = await ClientAsync(organisation);
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+13165550101");

        var first = await AllocateAsync(organisation, client);
        var again = await AllocateAsync(organisation, client);

        Assert.Equal((AllocationResult.Allocated, "+13165550101"), (first.Result, first.Number?.Reveal()));
        Assert.Equal(first with { Result = AllocationResult.AlreadyAssigned }, again);
        var number = Assert.Single(await world.NumbersAsync(organisation));
        Assert.Equal((NumberLifecycle.Dedicated, 2), (number.Lifecycle, number.Version));
        Assert.Equal(client, number.ClientId);
        await world.Bus.WaitForAsync<NumberAllocated>(
            seen => seen.ClientId == client && seen.NumberId == number.Id, TestContext.Current.CancellationToken);
        await world.Bus.WaitForAsync<NumberChanged>(
            seen => seen.NumberId == number.Id && seen.Lifecycle == NumberLifecycle.Dedicated,
            TestContext.Current.CancellationToken);
        Assert.Contains("NUMBER_ALLOCATED", world.Log.Entries.Select(entry => entry.Event));
        Assert.Contains("POOL_ALLOCATION_SUCCESS", world.Log.Entries.Select(entry => entry.Event));
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("3165550101", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllocateNumber_HundredAtOnceForTenNumbersOnTwoInstances_GivesTenAndTellsNinetyThatItIsEmpty()
    {
        var organisation = NumberWorld.NewOrganisation();
        var numbers = Enumerable.Range(0, 10).Select(index => $"+173155501{index:00}").ToArray();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, numbers);
        var clients = await ClientsAsync(organisation, 100);

        var answers = await Task.WhenAll(clients.Select(client => AllocateAsync(organisation, client)));

        Assert.Equal(
            numbers.Order(),
            answers.Where(answer => answer.Result == AllocationResult.Allocated)
                .Select(answer => answer.Number!.Reveal())
                .Order());
        Assert.Equal(
            [(AllocationResult.Allocated, 10), (AllocationResult.PoolEmpty, 90)],
            answers.CountBy(answer => answer.Result).Select(count => (count.Key, count.Value)).Order());
        Assert.Contains("POOL_EMPTY", world.Log.Entries.Select(entry => entry.Event));
    }

    [Fact]
    public async Task AllocateNumber_ManyTimesAtOnceForOneClient_GivesOneNumber()
    {
        var organisation = NumberWorld.NewOrganisation();
        var client = await ClientAsync(organisation);
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+13165550102", "+13165550103", "+13165550104");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => AllocateAsync(organisation, client)));

        Assert.Single(answers, answer => answer.Result == AllocationResult.Allocated);
        Assert.Equal(15, answers.Count(answer => answer.Result == AllocationResult.AlreadyAssigned));
        Assert.Single(answers.Select(answer => answer.NumberId).Distinct());
    }

    [Fact]
    public async Task AllocateNumber_WhileTheLastNumberIsAboutToBeTaken_WaitsForHowThatEnds()
    {
        var organisation = NumberWorld.NewOrganisation();
        var client = await ClientAsync(organisation);
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+13165550105");

        var waiting = await world.UseAsync(async db =>
        {
            await using var other = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlAsync(
                $"SELECT FROM numbers.numbers WHERE organisation_id = {organisation.Value} FOR UPDATE",
                TestContext.Current.CancellationToken);
            var answer = AllocateAsync(organisation, client);
            await NumberWorld.EventuallyAsync(SomebodyWaitsAsync, "the allocation to wait");
            await other.RollbackAsync(TestContext.Current.CancellationToken);
            return answer;
        });

        Assert.Equal(AllocationResult.Allocated, (await waiting).Result);
    }

    [Fact]
    public async Task AllocateNumber_ForNobodyKnownOrOfAnotherOrganisation_IsNotFound()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+13165550106");
        var elsewhere = await ClientAsync(NumberWorld.NewOrganisation());

        var unknown = await AllocateAsync(organisation, ClientId.New(world.Clock.GetUtcNow()));
        var foreign = await AllocateAsync(organisation, elsewhere);

        Assert.Equal(
            (AllocationResult.ClientNotFound, AllocationResult.ClientNotFound), (unknown.Result, foreign.Result));
    }

    [Fact]
    public async Task AllocateNumber_ThatASessionUses_IsNotGiven()
    {
        var organisation = NumberWorld.NewOrganisation();
        var client = await ClientAsync(organisation);
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+13165550107");
        await world.OpenSessionsAsync(organisation, 1, Assert.Single(await world.NumbersAsync(organisation)).Id);

        var answer = await AllocateAsync(organisation, client);

        Assert.Equal(AllocationResult.PoolEmpty, answer.Result);
        Assert.Equal(new PoolStatistics(0, 1, 0, 3), await PoolAsync(organisation));
    }

    [Fact]
    public async Task AllocateNumber_ForAClientWhoWasSomebodyKnown_GoesAlongWithTheMerge()
    {
        var organisation = NumberWorld.NewOrganisation();
        var (provisional, known) = (await ClientAsync(organisation), await ClientAsync(organisation));
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+13165550108", "+13165550109");
        var first = await AllocateAsync(organisation, provisional);

        await world.PublishAsync(new ClientMerged(organisation, provisional, known, world.Clock.GetUtcNow()));
        await NumberWorld.EventuallyAsync(
            async () => (await world.NumbersAsync(organisation)).Any(number => number.ClientId == known), "the merge");

        Assert.Equal(
            first with { Result = AllocationResult.AlreadyAssigned }, await AllocateAsync(organisation, known));
        Assert.Equal(
            first with { Result = AllocationResult.AlreadyAssigned }, await AllocateAsync(organisation, provisional));
    }

    [Fact]
    public async Task ReleaseNumber_OfAClient_RestsAndReturnsToThePool()
    {
        var organisation = NumberWorld.NewOrganisation();
        var client = await ClientAsync(organisation);
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+13165550110", "+13165550111");
        var given = await AllocateAsync(organisation, client);
        Assert.Equal(new PoolStatistics(1, 0, 1, 3), await PoolAsync(organisation));

        var released = Assert.IsType<NumberView>(await ReleaseAsync(organisation, given.NumberId!.Value));

        Assert.Equal((NumberLifecycle.Pool, NumberStatus.Resting, null), (released.Lifecycle, released.Status, released.ClientId));
        Assert.Equal(world.Clock.GetUtcNow().AddDays(14), released.RestsUntil);
        Assert.Equal(released, await ReleaseAsync(organisation, given.NumberId!.Value));
        Assert.Equal(new PoolStatistics(1, 1, 0, 3), await PoolAsync(organisation));
        Assert.False((await PoolAsync(organisation)).Healthy);
    }

    private async Task<ClientId> ClientAsync(OrganisationId organisation) => (await ClientsAsync(organisation, 1))[0];

    private async Task<ClientId[]> ClientsAsync(OrganisationId organisation, int count)
    {
        var now = world.Clock.GetUtcNow();
        var clients = Enumerable.Range(0, count).Select(_ => ClientId.New(now)).ToArray();
        foreach (var client in clients)
        {
            await world.PublishAsync(new ClientChanged(organisation, client, "Maria Lopez", [], false, 1, now));
        }

        await NumberWorld.EventuallyAsync(
            async () => await world.UseAsync(db => db.Clients.CountAsync(
                known => clients.Contains(known.Id), TestContext.Current.CancellationToken)) == count,
            "the clients");
        return clients;
    }

    private async Task<NumberAllocation> AllocateAsync(OrganisationId organisation, ClientId client) =>
        Assert.IsType<NumberAllocation>(await world.AskAsync<AllocateNumber, NumberAllocation>(
            new AllocateNumber(organisation, client)));

    private async Task<PoolStatistics> PoolAsync(OrganisationId organisation) =>
        Assert.IsType<PoolStatistics>(await world.AskAsync<ReadPool, PoolStatistics>(new ReadPool(organisation)));

    private Task<object> ReleaseAsync(OrganisationId organisation, NumberId number) =>
        world.AskAsync<ReleaseNumber, NumberView>(new ReleaseNumber(organisation, number));

    private Task<bool> SomebodyWaitsAsync() => world.UseAsync(db => db.Database
        .SqlQuery<bool>($"""
            SELECT EXISTS (
                SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS "Value"
            """)
        .SingleAsync(TestContext.Current.CancellationToken));
}
