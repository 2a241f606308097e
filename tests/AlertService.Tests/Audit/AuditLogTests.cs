using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhoneMasking.AlertService.Audit;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using static PhoneMasking.AlertService.Tests.AlertServiceFixture;

namespace PhoneMasking.AlertService.Tests.Audit;

public sealed class AuditLogTests(AlertServiceFixture service)
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("UPDATE alerts.audit SET reason = 'other'")]
    [InlineData("DELETE FROM alerts.audit")]
    [InlineData("TRUNCATE alerts.audit")]
    public async Task AuditLog_ChangedByAnybody_RefusesEvenWithoutLines(string statement)
    {
        await using var database = NpgsqlDataSource.Create(service.Database.ConnectionString);
        await using var command = database.CreateCommand(statement);

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    [Fact]
    public async Task ListAudit_PageByPage_GivesEachLineOnceNewestFirst()
    {
        var organisation = NewOrganisation();
        var ids = await PublishAsync(organisation, nameof(SessionOpened), 5);

        var first = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(organisation, null, 2)));
        var second = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(organisation, first.Next, 2)));
        var third = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(organisation, second.Next, 2)));

        Assert.Equal(
            ids.Reverse(),
            first.Items.Concat(second.Items).Concat(third.Items).Select(item => item.Id));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task ListAudit_OfOneEvent_LeavesOutTheOthers()
    {
        var organisation = NewOrganisation();
        await PublishAsync(organisation, nameof(SessionOpened), 1);
        await PublishAsync(organisation, nameof(PoolExhausted), 1);
        await service.AuditedAsync(organisation, 2);

        var page = Assert.IsType<AuditPage>(
            await service.AskAsync(new ListAudit(organisation, null, 200, nameof(PoolExhausted))));

        var item = Assert.Single(page.Items);
        Assert.Equal((nameof(PoolExhausted), "Pool", "Critical"), (item.Event, item.Category, item.Severity));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(201)]
    public async Task ListAudit_OfNoneOrTooMany_IsRefusedNamingTheLimit(int limit)
    {
        var refused = Assert.IsType<Refused>(await service.AskAsync(new ListAudit(NewOrganisation(), null, limit)));

        Assert.Equal((RefusalKind.Invalid, "limit"), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task ListAudit_OfAnotherOrganisation_IsEmpty()
    {
        await PublishAsync(NewOrganisation(), nameof(SessionOpened), 1);

        var page = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(NewOrganisation(), null, 200)));

        Assert.Empty(page.Items);
    }

    [Fact]
    public void AuditClass_OfAnEventFromANewerService_IsSystem() =>
        Assert.Equal(new AuditClass("System", "Info"), AuditClass.Of("NotYetInvented"));

    [Fact]
    public async Task AuditLog_OfTwoInstances_KeepsUpWithThousandsOfEvents()
    {
        const int Events = 4000;
        var organisation = NewOrganisation();
        await using var second = await service.StartHostAsync();
        var started = TimeProvider.System.GetTimestamp();

        await PublishAsync(organisation, nameof(MessageDelivered), Events);

        var kept = await service.ReadAsync(db => CountAsync(db, organisation));
        Assert.Equal(Events, kept);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Events} events in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    private static Task<int> CountAsync(AlertDbContext db, OrganisationId organisation) =>
        db.Audit.CountAsync(record => record.OrganisationId == organisation, TestContext.Current.CancellationToken);

    // Ids a millisecond apart: within one, UUIDv7 have no order.
    private async Task<Guid[]> PublishAsync(OrganisationId organisation, string name, int count)
    {
        var ids = Enumerable.Range(0, count).Select(index => Guid.CreateVersion7(At.AddMilliseconds(index))).ToArray();
        await Task.WhenAll(ids.Select(id => service.Bus.PublishAsync(
            AuditedEventSample.Of(name, organisation, At), id, TestContext.Current.CancellationToken)));
        await service.AuditedAsync(organisation, count);
        return ids;
    }
}
