using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.World;

namespace PhoneMasking.NumberService.Tests.Monitors;

public sealed class ScheduleTests(NumberWorld world) : IClassFixture<NumberWorld>
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(48);

    [Fact]
    public async Task Schedule_OnTwoInstances_RunsEachMonitorOnceAnInterval()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+14065550101");
        await world.EnrolAsync(organisation);
        Assert.Empty(await world.RunsAsync(organisation));

        for (var round = 1; round <= 2; round++)
        {
            world.Pass(Interval);
            await RanAsync(organisation, round);
            world.Pass(TimeSpan.FromHours(1));
        }

        var runs = await world.RunsAsync(organisation);
        Assert.Equal(4, runs.Count);
        Assert.All(runs, run => Assert.False(run.OnDemand));
        Assert.Equal(2, runs.Count(run => run.Monitor == NumberMonitor.PoolCapacity));
    }

    [Fact]
    public async Task Schedule_AfterALongDowntime_CatchesUpOnce()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+14065550102");
        await world.EnrolAsync(organisation);
        await world.StopAsync();
        world.Pass(5 * Interval);

        await world.StartAsync();
        await RanAsync(organisation, 1);
        world.Pass(Interval - TimeSpan.FromHours(1));
        Assert.Equal(2, (await world.RunsAsync(organisation)).Count);
        world.Pass(TimeSpan.FromHours(1));

        await RanAsync(organisation, 2);
        Assert.Equal(4, (await world.RunsAsync(organisation)).Count);
    }

    [Fact]
    public async Task StandbyKeeper_WhenTheStandbyNumberIsGivenBack_OrdersOneByTheNextRun()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+14065550103");
        await world.EnrolAsync(organisation);
        var present = await world.RunAsync(organisation, NumberMonitor.StandbyKeeper);
        await world.RetireAsync(Assert.Single(await world.NumbersAsync(organisation)).Id);

        world.Pass(Interval);
        await world.EventuallyRanAsync(organisation, NumberMonitor.StandbyKeeper, 2);
        var again = await world.RunAsync(organisation, NumberMonitor.StandbyKeeper);

        Assert.Equal(MonitorDecision.StandbyPresent, present.Decision);
        var order = Assert.Single(await world.OrdersAsync(organisation));
        Assert.Equal(
            (NumberLifecycle.StandbyReserved, NumberPurpose.StandbyReplenishment), (order.Lifecycle, order.Purpose));
        Assert.Equal(MonitorDecision.AlreadyPending, again.Decision);
    }

    [Fact]
    public async Task StandbyKeeper_RunAtOnceWithSittersWhoAreAdded_LeavesExactlyOneAtHand()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+14065550104");
        AddSitter[] sitters = [Add("+14065550114"), Add("+14065550115")];

        await Task.WhenAll(
        [
            .. sitters.Select(sitter => (Task)world.AskAsync<AddSitter, SitterView>(sitter)),
            .. Enumerable.Range(0, 8).Select(_ => (Task)world.RunAsync(organisation, NumberMonitor.StandbyKeeper)),
        ]);

        Assert.Single(
            await world.NumbersAsync(organisation), number => number.Lifecycle == NumberLifecycle.StandbyReserved);

        AddSitter Add(string phone) => new(organisation, Guid.CreateVersion7(), "Ana Alvarez", null, phone);
    }

    private async Task RanAsync(OrganisationId organisation, int times)
    {
        await world.EventuallyRanAsync(organisation, NumberMonitor.PoolCapacity, times);
        await world.EventuallyRanAsync(organisation, NumberMonitor.StandbyKeeper, times);
    }
}
