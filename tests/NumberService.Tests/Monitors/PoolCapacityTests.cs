using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.World;

namespace PhoneMasking.NumberService.Tests.Monitors;

public sealed class PoolCapacityTests(NumberWorld world) : IClassFixture<NumberWorld>
{
    private const NumberMonitor Monitor = NumberMonitor.PoolCapacity;

    [Fact]
    public async Task PoolCapacity_AtHighUtilization_BuysExactlyOneAndNoneWithinTheCoolDown()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+12165550101", "+12165550102");
        await world.OpenSessionsAsync(organisation, 2);

        var first = await world.RunAsync(organisation, Monitor);
        var whilePending = await world.RunAsync(organisation, Monitor);
        await world.BecomeReadyAsync(first.NumberId!.Value, "+12165550103");
        await world.OpenSessionsAsync(organisation, 1);
        var cooling = await world.RunAsync(organisation, Monitor);

        Assert.Equal(
            [MonitorDecision.Ordered, MonitorDecision.AlreadyPending, MonitorDecision.CoolingDown],
            new[] { first, whilePending, cooling }.Select(run => run.Decision));
        Assert.Equal((2, 2, 1.0), (first.Utilization.ReadyPoolNumbers, first.Utilization.ActiveSessions, first.Utilization.Rate));
        var order = Assert.Single(await world.OrdersAsync(organisation));
        Assert.Equal(first.NumberId, order.Id);
        Assert.Equal((NumberLifecycle.Pool, NumberPurpose.PoolExpansion), (order.Lifecycle, order.Purpose));
        await world.Bus.WaitForAsync<NumberOrdered>(
            seen => seen.NumberId == order.Id, TestContext.Current.CancellationToken);
        var ran = await world.Bus.WaitForAsync<MonitorRan>(
            seen => seen.Run.Id == first.Id, TestContext.Current.CancellationToken);
        Assert.Equal(first, ran.Run);

        world.Pass(TimeSpan.FromHours(72));
        await world.RunAsync(organisation, Monitor);

        // Whether this run or one of the schedule's was first: there is one order more. By then the schedule may have run
        // the other monitor, too, which orders a standby number.
        Assert.Equal(
            2,
            (await world.OrdersAsync(organisation)).Count(number => number.Purpose == NumberPurpose.PoolExpansion));
    }

    [Fact]
    public async Task PoolCapacity_WithTheSameRequestTwice_RunsOnce()
    {
        var organisation = NumberWorld.NewOrganisation();
        var request = Guid.CreateVersion7();

        var both = await Task.WhenAll(
            world.RunAsync(organisation, Monitor, request), world.RunAsync(organisation, Monitor, request));

        Assert.Equal(both[0], both[1]);
        Assert.Equal(both[0], Assert.Single(await world.RunsAsync(organisation)));
    }

    [Fact]
    public async Task PoolCapacity_RunManyTimesAtOnceOnTwoInstances_OrdersOne()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+12165550104");
        await world.OpenSessionsAsync(organisation, 1);

        var runs = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => world.RunAsync(organisation, Monitor)));

        Assert.Single(runs, run => run.Decision == MonitorDecision.Ordered);
        Assert.Equal(23, runs.Count(run => run.Decision == MonitorDecision.AlreadyPending));
        Assert.Single(await world.OrdersAsync(organisation));
    }

    [Fact]
    public async Task PoolCapacity_AfterAnOrderThatFailed_OrdersAgain()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+12165550105");
        await world.OpenSessionsAsync(organisation, 1);
        var first = await world.RunAsync(organisation, Monitor);
        await world.FailAsync(first.NumberId!.Value);

        var second = await world.RunAsync(organisation, Monitor);

        Assert.Equal((MonitorDecision.Ordered, 0), (second.Decision, second.Utilization.PendingPoolNumbers));
        Assert.NotEqual(first.NumberId, second.NumberId);
    }

    [Fact]
    public async Task ListMonitorRuns_PageByPage_GivesEachOnceNewestFirst()
    {
        var organisation = NumberWorld.NewOrganisation();
        var ids = new List<Guid>();
        for (var index = 0; index < 3; index++)
        {
            ids.Add((await world.RunAsync(organisation, Monitor)).Id);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await world.RunAsync(organisation, NumberMonitor.StandbyKeeper);
        var first = await PageAsync(organisation, null, 2);
        var second = await PageAsync(organisation, first.Next, 2);

        Assert.Null(second.Next);
        Assert.Equal(ids.AsEnumerable().Reverse(), first.Items.Concat(second.Items).Select(run => run.Id));
    }

    [Fact]
    public async Task Requests_WithAWrongField_AreRefusedNamingIt()
    {
        var organisation = NumberWorld.NewOrganisation();

        var run = await world.AskAsync<RunMonitor, MonitorRun>(
            new RunMonitor(organisation, Guid.CreateVersion7(), (NumberMonitor)7));
        var list = await world.AskAsync<ListMonitorRuns, MonitorRunPage>(
            new ListMonitorRuns(organisation, null, null, 201));

        Assert.Equal("monitor", Assert.IsType<Refused>(run).Field);
        Assert.Equal("limit", Assert.IsType<Refused>(list).Field);
    }

    private async Task<MonitorRunPage> PageAsync(OrganisationId organisation, Guid? after, int limit) =>
        Assert.IsType<MonitorRunPage>(await world.AskAsync<ListMonitorRuns, MonitorRunPage>(
            new ListMonitorRuns(organisation, Monitor, after, limit)));
}
