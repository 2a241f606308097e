using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.World;

namespace PhoneMasking.NumberService.Tests.Utilization;

public sealed class UtilizationTests(NumberWorld world) : IClassFixture<NumberWorld>
{
    [Fact]
    public async Task Utilization_Now_CountsNumbersAndSessionsByTheirState()
    {
        var organisation = NumberWorld.NewOrganisation();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+15015550101", "+15015550102");
        await world.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+15015550103");
        await world.OpenSessionsAsync(organisation, 3);
        await world.OpenSessionsAsync(organisation, 1);

        var utilization = await world.UtilizationAsync(organisation);

        Assert.Equal(new UtilizationView(2, 4, 0, 1, 0, 3, 5), utilization.Now);
        Assert.Equal((2.0, 0.87, false), (utilization.Now.Rate, utilization.Threshold, utilization.BuysByNeed));
        Assert.Null(utilization.LastPoolPurchaseAt);
    }

    [Fact]
    public async Task Session_WhoseNewsComeOutOfOrderAndTwice_CountsByTheNewest()
    {
        var organisation = NumberWorld.NewOrganisation();
        var start = world.Clock.GetUtcNow();
        var ended = Session(organisation, start);
        var reopened = Session(organisation, start);

        await world.PublishAsync(Closed(ended, start.AddHours(1)));
        await world.PublishAsync(Closed(ended, start.AddHours(1)));
        await SavedAsync(ended, open: false);
        await world.PublishAsync(ended);
        await world.PublishAsync(reopened with { Reopened = true, OccurredAt = start.AddHours(2) });
        await SavedAsync(reopened, open: true);
        await world.PublishAsync(Closed(reopened, start.AddHours(1)));
        await world.OpenSessionsAsync(organisation, 1);

        await NumberWorld.EventuallyAsync(
            async () => (await world.UtilizationAsync(organisation)).Now.ActiveSessions == 2, "two open sessions");
    }

    [Fact]
    public async Task Utilization_OverTime_IsRecordedWhenItChangesAndHourly()
    {
        var organisation = NumberWorld.NewOrganisation();
        var start = world.Clock.GetUtcNow();
        await world.ImportAsync(organisation, NumberLifecycle.Pool, "+15015550104");
        await RecordedAsync(organisation, start, points => points.Count == 1);
        await world.OpenSessionsAsync(organisation, 1);
        await RecordedAsync(organisation, start, points => points.Count == 2);
        world.Pass(TimeSpan.FromHours(1));
        var points = await RecordedAsync(organisation, start, found => found.Count == 3);

        Assert.Equal([0, 1, 1], points.Select(point => point.Figures.ActiveSessions));
        Assert.Equal(points.OrderBy(point => point.At), points);
    }

    [Fact]
    public async Task Utilization_OverTime_IsThinnedOutEvenlyWithTheLastOfEachPart()
    {
        var organisation = NumberWorld.NewOrganisation();
        var from = world.Clock.GetUtcNow().AddDays(-1);
        await WriteAsync(organisation, Enumerable.Range(0, 60).Select(minute => (from.AddMinutes(minute), minute)));

        var points = (await ListAsync(organisation, from, from.AddHours(1), 4)).Points;

        Assert.Equal([14, 29, 44, 59], points.Select(point => point.Figures.ActiveSessions));
    }

    [Fact]
    public async Task Utilization_OfOldRecords_IsKeptHourlyAndThenDeleted()
    {
        var organisation = NumberWorld.NewOrganisation();
        var now = world.Clock.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, 0, 0, 0, TimeSpan.Zero).AddDays(-10);
        await WriteAsync(
            organisation,
            [(now.AddDays(-401), 1), (hour, 2), (hour.AddMinutes(30), 3), (hour.AddMinutes(59), 4), (hour.AddHours(1), 5)]);

        world.Pass(TimeSpan.FromHours(1));

        await NumberWorld.EventuallyAsync(
            async () => await world.UseAsync(db => db.Utilization.CountAsync(
                record => record.OrganisationId == organisation, TestContext.Current.CancellationToken)) == 2,
            "two records");
        var left = (await ListAsync(organisation, hour, hour.AddHours(2), 100)).Points;
        Assert.Equal([4, 5], left.Select(point => point.Figures.ActiveSessions));
    }

    [Theory]
    [InlineData(0, 10, "to")]
    [InlineData(401, 10, "to")]
    [InlineData(1, 1, "maxPoints")]
    [InlineData(1, 1001, "maxPoints")]
    public async Task ListUtilization_WithAWrongField_IsRefusedNamingIt(int days, int points, string field)
    {
        var from = world.Clock.GetUtcNow();

        var answer = await world.AskAsync<ListUtilization, UtilizationHistory>(
            new ListUtilization(NumberWorld.NewOrganisation(), from, from.AddDays(days), points));

        Assert.Equal((RefusalKind.Invalid, field), (Assert.IsType<Refused>(answer).Kind, ((Refused)answer).Field));
    }

    private static SessionOpened Session(OrganisationId organisation, DateTimeOffset at) => new(
        organisation, SessionId.New(at), SitterId.New(at), ClientId.New(at), NumberId.New(at), Reopened: false, at);

    private static SessionClosed Closed(SessionOpened session, DateTimeOffset at) => new(
        session.OrganisationId, session.SessionId, session.SitterId, session.ClientId, session.NumberId, "expired", at);

    private Task SavedAsync(SessionOpened session, bool open) => NumberWorld.EventuallyAsync(
        () => world.UseAsync(db => db.Sessions.AnyAsync(
            known => known.Id == session.SessionId && known.Open == open, TestContext.Current.CancellationToken)),
        "the session's state");

    private async Task<UtilizationHistory> ListAsync(
        OrganisationId organisation,
        DateTimeOffset from,
        DateTimeOffset to,
        int points) =>
        Assert.IsType<UtilizationHistory>(await world.AskAsync<ListUtilization, UtilizationHistory>(
            new ListUtilization(organisation, from, to, points)));

    private async Task<IReadOnlyList<UtilizationPoint>> RecordedAsync(
        OrganisationId organisation,
        DateTimeOffset from,
        Func<IReadOnlyList<UtilizationPoint>, bool> condition)
    {
        IReadOnlyList<UtilizationPoint> points = [];
        world.Pass(TimeSpan.Zero);
        await NumberWorld.EventuallyAsync(
            async () =>
            {
                points = (await ListAsync(organisation, from, world.Clock.GetUtcNow().AddDays(1), 1000)).Points;
                return condition(points);
            },
            "the records");
        return points;
    }

    private Task<bool> WriteAsync(OrganisationId organisation, IEnumerable<(DateTimeOffset At, int Sessions)> records) =>
        world.UseAsync(async db =>
        {
            foreach (var (at, sessions) in records)
            {
                await db.Database.ExecuteSqlAsync(
                    $"INSERT INTO numbers.utilization VALUES ({organisation.Value}, {at}, 1, {sessions}, 0, 0, 0, 0, 0)",
                    TestContext.Current.CancellationToken);
            }

            return true;
        });
}
