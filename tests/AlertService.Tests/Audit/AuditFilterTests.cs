using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using static PhoneMasking.AlertService.Tests.AlertServiceFixture;

namespace PhoneMasking.AlertService.Tests.Audit;

/// <summary>What happened is found by when, what, how bad and about whom.</summary>
public sealed class AuditFilterTests(AlertServiceFixture service)
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListAudit_ByEachFilter_GivesWhatFitsAndNothingElse()
    {
        var organisation = NewOrganisation();
        var (sitter, client, number) = (SitterId.New(At), ClientId.New(At), NumberId.New(At));
        var (session, message, key) = (SessionId.New(At), MessageId.New(At), ApiKeyId.New(At));
        var opened = await PublishAsync(new SessionOpened(organisation, session, sitter, client, number, true, At));
        var failed = await PublishAsync(new MessageFailed(
            organisation, message, MessageDirection.ClientToSitter, session, sitter, client, 30007, "undelivered", At.AddHours(1),
            E164Number.Parse("+13035550131"), Conversation: 1, Sequence: 1));
        var exhausted = await PublishAsync(new PoolExhausted(organisation, sitter, ClientId.New(At), MessageId.New(At), At.AddHours(2)));
        var revoked = await PublishAsync(new ApiKeyRevoked(organisation, key, At.AddHours(3)));
        await service.AuditedAsync(organisation, 4);
        var all = new ListAudit(organisation, null, 50);

        await AssertAsync(all, revoked, exhausted, failed, opened);
        await AssertAsync(all with { Event = nameof(MessageFailed) }, failed);
        await AssertAsync(all with { Category = "Messaging" }, opened);
        await AssertAsync(all with { Category = "Delivery Error" }, failed);
        await AssertAsync(all with { Severity = "Info" }, revoked, opened);
        await AssertAsync(all with { Severity = "Critical" }, exhausted);
        await AssertAsync(all with { SitterId = sitter }, exhausted, failed, opened);
        await AssertAsync(all with { ClientId = client }, failed, opened);
        await AssertAsync(all with { NumberId = number }, opened);
        await AssertAsync(all with { SessionId = session }, failed, opened);
        await AssertAsync(all with { MessageId = message }, failed);
        await AssertAsync(all with { ApiKeyId = key }, revoked);
        await AssertAsync(all with { From = At.AddHours(1) }, revoked, exhausted, failed);
        await AssertAsync(all with { Until = At.AddHours(1) }, opened);
        await AssertAsync(all with { From = At.AddHours(1), Until = At.AddHours(2).ToOffset(TimeSpan.FromHours(-7)) }, failed);
        await AssertAsync(all with { SitterId = sitter, Severity = "Error" }, failed);
        await AssertAsync(all with { SitterId = sitter, ApiKeyId = key });
        await AssertAsync(all with { OrganisationId = NewOrganisation(), SitterId = sitter });
    }

    [Theory]
    [InlineData("30007", nameof(MessageFailed))]
    [InlineData("UNDELIVERED", nameof(MessageFailed))]
    [InlineData("session closed", nameof(SessionClosed))]
    [InlineData("sitter removed", nameof(SessionClosed))]
    [InlineData("7 sessions on", nameof(MonitorRan))]
    [InlineData("  sitter-removed ", nameof(SessionClosed))]
    [InlineData("%", null)]
    [InlineData("_", null)]
    [InlineData("nothing like it", null)]
    public async Task ListAudit_SearchedByText_FindsWordsAsPeopleWriteThem(string search, string? found)
    {
        var organisation = NewOrganisation();
        await PublishAsync(new MessageFailed(
            organisation, MessageId.New(At), MessageDirection.Notice, null, null, null, 30007, "undelivered", At,
            E164Number.Parse("+13035550131"), Conversation: 1, Sequence: 1));
        await PublishAsync(new SessionClosed(
            organisation, SessionId.New(At), SitterId.New(At), ClientId.New(At), NumberId.New(At), "sitter-removed", At));
        await PublishAsync(Ran(organisation, NumberMonitor.PoolCapacity));
        await service.AuditedAsync(organisation, 3);

        var page = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(organisation, null, 50, Search: search)));

        Assert.Equal(found is null ? [] : [found], page.Items.Select(item => item.Event));
    }

    [Fact]
    public async Task ListAudit_PageByPageOverTheSameTimes_GivesEachOnceByTimeNotByArrival()
    {
        var organisation = NewOrganisation();
        var expected = new List<(DateTimeOffset, Guid)>();
        for (var index = 0; index < 12; index++)
        {
            // Later ones arrive first, and three share each time.
            var at = At.AddMinutes(-(index / 3));
            expected.Add((at, await PublishAsync(new ApiKeyRevoked(organisation, ApiKeyId.New(at), at))));
        }

        await service.AuditedAsync(organisation, 12);
        var read = new List<Guid>();
        Guid? after = null;
        do
        {
            var page = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(organisation, after, 5)));
            read.AddRange(page.Items.Select(item => item.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(expected.OrderByDescending(one => one.Item1).ThenByDescending(one => one.Item2).Select(one => one.Item2), read);
    }

    [Fact]
    public async Task ListAudit_WithAFilterThatIsWrong_IsRefusedNamingIt()
    {
        var all = new ListAudit(NewOrganisation(), null, 50);
        (ListAudit Wrong, string Field)[] cases =
        [
            (all with { Event = "SessionOpend" }, "event"),
            (all with { Category = "messaging" }, "category"),
            (all with { Severity = "Fatal" }, "severity"),
            (all with { From = At, Until = At }, "until"),
            (all with { Search = new string('x', 101) }, "search"),
            (all with { Search = "a\0b" }, "search"),
            (all with { After = Guid.CreateVersion7() }, "after"),
        ];

        foreach (var (wrong, field) in cases)
        {
            var refused = Assert.IsType<Refused>(await service.AskAsync(wrong));
            Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
        }
    }

    [Fact]
    public async Task ListAudit_AfterALineOfAnotherOrganisation_IsRefused()
    {
        var theirs = NewOrganisation();
        var line = await PublishAsync(new ApiKeyRevoked(theirs, ApiKeyId.New(At), At));
        await service.AuditedAsync(theirs, 1);

        Assert.IsType<Refused>(await service.AskAsync(new ListAudit(NewOrganisation(), line, 50)));
    }

    [Fact]
    public async Task Export_Begun_CountsWhatFitsAndIsAuditedItself()
    {
        var organisation = NewOrganisation();
        var key = ApiKeyId.New(At);
        await PublishAsync(new ApiKeyRevoked(organisation, key, At));
        await PublishAsync(new ApiKeyRevoked(organisation, ApiKeyId.New(At), At));
        await service.AuditedAsync(organisation, 2);

        var begun = await BeginAsync(new ListAudit(organisation, null, 1, ApiKeyId: key), "api", key);
        await service.AuditedAsync(organisation, 3);

        Assert.Equal(new AuditExportBegun(1), begun);
        var page = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(organisation, null, 1, nameof(RecordsExported))));
        var record = Assert.Single(page.Items);
        Assert.Equal(("audit", "by api: 1 records", key), (record.Reason, record.Details, record.ApiKeyId));
        Assert.Equal("event", Assert.IsType<Refused>(await BeginAsync(new ListAudit(organisation, null, 1, "Nothing"), "api")).Field);
        Assert.Equal("by", Assert.IsType<Refused>(await BeginAsync(new ListAudit(organisation, null, 1), " ")).Field);
    }

    [Fact]
    public async Task Category_OfStandbyNumbers_IsTheirOwn()
    {
        var organisation = NewOrganisation();
        await PublishAsync(Ran(organisation, NumberMonitor.StandbyKeeper));
        await PublishAsync(Ran(organisation, NumberMonitor.PoolCapacity));
        await PublishAsync(new NumberOrdered(organisation, NumberId.New(At), NumberPurpose.StandbyReplenishment, null, At));
        await service.AuditedAsync(organisation, 3);

        var page = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(organisation, null, 50)));

        Assert.Equal(["Pool", "Standby", "Standby"], page.Items.Select(item => item.Category).Order());
    }

    [Theory]
    [InlineData("+13035550142")]
    [InlineData("call (303) 555-0142 now")]
    [InlineData("447700900123")]
    public async Task Event_ThatHoldsANumberByMistake_IsKeptWithoutIt(string reason)
    {
        var organisation = NewOrganisation();
        await PublishAsync(new MessageNotRelayed(organisation, MessageId.New(At), null, null, $"{reason}\0{new string('x', 900)}", At));
        await service.AuditedAsync(organisation, 1);

        var kept = await service.ReadAsync(db => db.Audit.SingleAsync(record => record.OrganisationId == organisation, Cancelled));

        Assert.Contains("•••", kept.Reason);
        Assert.DoesNotContain("0142", kept.Reason, StringComparison.Ordinal);
        Assert.Equal(200, kept.Reason!.Length);
    }

    [Fact]
    public async Task Words_OfTheContract_AreThoseThatTheDatabaseTakes()
    {
        var checks = await service.ReadAsync(db => db.Database
            .SqlQuery<string>($"SELECT pg_get_constraintdef(oid) AS \"Value\" FROM pg_constraint WHERE conrelid = 'alerts.audit'::regclass AND contype = 'c'")
            .ToListAsync(Cancelled));

        foreach (var words in new[] { AuditWords.Categories, AuditWords.Severities })
        {
            var check = Assert.Single(checks, one => one.Contains($"'{words[0]}'", StringComparison.Ordinal));
            Assert.Equal(words.Count, check.Split("::text").Length - 1);
            Assert.All(words, word => Assert.Contains($"'{word}'", check));
        }
    }

    private static MonitorRan Ran(OrganisationId organisation, NumberMonitor monitor) => new(
        organisation,
        new MonitorRun(
            Guid.CreateVersion7(), monitor, true, new UtilizationView(20, 7, 0, 1, 0, 6, 8), MonitorDecision.BelowThreshold, null, At));

    private async Task AssertAsync(ListAudit request, params Guid[] expected) =>
        Assert.Equal(expected, Assert.IsType<AuditPage>(await service.AskAsync(request)).Items.Select(item => item.Id));

    private Task<object> BeginAsync(ListAudit audit, string by, ApiKeyId? key = null) =>
        service.Bus.AskAsync<BeginAuditExport, AuditExportBegun>(new BeginAuditExport(audit, by, key), Cancelled);

    private async Task<Guid> PublishAsync(IAuditedEvent happened)
    {
        var id = Guid.CreateVersion7();
        await service.Bus.PublishAsync(happened, id, Cancelled);
        return id;
    }
}
