using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>A permanent failure is told to the sitter, or to the owner where no text would reach the sitter.</summary>
public sealed class AlertTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    [Theory]
    [InlineData(30007, MessageDirection.SitterToClient)]
    [InlineData(30003, MessageDirection.SitterToClient, "gave-up")]
    [InlineData(21211, MessageDirection.SitterToClient)]
    [InlineData(30034, MessageDirection.SitterToClient)]
    [InlineData(99999, MessageDirection.SitterToClient)]
    [InlineData(30007, MessageDirection.ClientToSitter)]
    public async Task PermanentFailure_IsToldToTheSitterAtOnce(int code, MessageDirection direction, string outcome = "failed")
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        var text = await business.FailAsync(code, outcome, direction);

        var alert = Assert.Single(await business.AlertsAsync());
        var failure = await business.RecordAsync(text);
        Assert.Equal((text, failure.AlertId), (alert.FailedMessageId, alert.AlertId));
        Assert.Equal((true, FailureAlert.Sitter), (failure.IsPermanent, failure.Alert));
        Assert.Empty(await business.EmailsAsync());
    }

    [Theory]
    [InlineData(30006, "undelivered")]
    [InlineData(21614, "refused")]
    [InlineData(21610, "refused")]
    [InlineData(null, "opted-out")]
    public async Task SittersPhone_ThatCannotBeReached_IsToldToTheOwnerOnceAnHour(int? code, string outcome)
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        var first = await business.FailAsync(code, outcome, MessageDirection.ClientToSitter);
        var second = await business.FailAsync(code, outcome, MessageDirection.ClientToSitter);
        Assert.Equal(["sitter-unreachable"], await business.EmailsAsync());
        instance.Clock.Advance(TimeSpan.FromHours(1));
        await business.FailAsync(code, outcome, MessageDirection.ClientToSitter);

        Assert.Equal(FailureAlert.Owner, (await business.RecordAsync(first)).Alert);
        Assert.Equal(FailureAlert.Limited, (await business.RecordAsync(second)).Alert);
        Assert.Equal(2, (await business.EmailsAsync()).Count);
        Assert.Empty(await business.AlertsAsync());
    }

    [Fact]
    public async Task SittersPhone_InTheEmail_IsNamedByTheSitterWithAdvice()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        await instance.WithDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO alerts.sitters VALUES ({business.Sitter.Value}, {business.Organisation.Value}, {"Ana <b>Alvarez</b>"}, 1)",
            TestContext.Current.CancellationToken));

        await business.FailAsync(30006, direction: MessageDirection.ClientToSitter);

        var email = await instance.ReadAsync(db => db.Emails.SingleAsync(
            found => found.OrganisationId == business.Organisation, TestContext.Current.CancellationToken));
        Assert.Equal("Ana <b>Alvarez</b>'s phone cannot be reached", email.Subject);
        Assert.Contains("landline", email.TextBody);
        Assert.Contains("Ana &lt;b&gt;Alvarez", email.HtmlBody);
        Assert.DoesNotContain("<b>Alvarez", email.HtmlBody);
    }

    [Theory]
    [InlineData(30003, "undelivered", MessageDirection.SitterToClient)]
    [InlineData(30003, "undelivered", MessageDirection.ClientToSitter)]
    [InlineData(21610, "refused", MessageDirection.SitterToClient)]
    [InlineData(30025, "failed", MessageDirection.SitterToClient)]
    [InlineData(30007, "undelivered", MessageDirection.Notice)]
    [InlineData(30007, "undelivered", MessageDirection.Verification)]
    public async Task OtherFailure_IsRecordedAndToldToNobody(int code, string outcome, MessageDirection direction)
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        var text = await business.FailAsync(code, outcome, direction);

        var failure = await business.RecordAsync(text);
        Assert.Equal((false, FailureAlert.None), (failure.IsPermanent, failure.Alert));
        Assert.Empty(await business.AlertsAsync());
        Assert.Empty(await business.EmailsAsync());
    }

    [Fact]
    public async Task Sitter_IsToldOfOneClientOnceAnHour_AndFiveTimesAnHourInAll()
    {
        await using var instance = new FailureInstance(world, new FakeClock(), ("Failures:SystemicThreshold", "1000"));
        var business = new Business(instance);
        var clients = Enumerable.Range(0, 7).Select(_ => ClientId.New(instance.Clock.GetUtcNow())).ToArray();

        await business.FailAsync(30007, client: clients[0]);
        await business.FailAsync(30007, client: clients[0]);
        Assert.Single(await business.AlertsAsync());
        await Task.WhenAll(clients.Select(client => business.FailAsync(30007, client: client)));
        Assert.Equal(5, (await business.AlertsAsync()).Length);
        instance.Clock.Advance(TimeSpan.FromHours(1));
        await business.FailAsync(30007, client: clients[0]);

        Assert.Equal(6, (await business.AlertsAsync()).Length);
    }

    [Theory]
    [InlineData(30033, MessageDirection.SitterToClient, false)]
    [InlineData(30037, MessageDirection.ClientToSitter, false)]
    [InlineData(20003, MessageDirection.Notice, false)]
    [InlineData(30023, MessageDirection.Verification, false)]
    [InlineData(30002, MessageDirection.SitterToClient, true)]
    public async Task FailureOfTheAccount_IsToldToTheOwnerAtOnceAndOnceADay(
        int code, MessageDirection direction, bool isRetried)
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        var text = await business.FailAsync(code, direction: direction);
        await business.FailAsync(code, direction: direction);
        Assert.Equal(["account-blocked"], await business.EmailsAsync());
        instance.Clock.Advance(TimeSpan.FromHours(24));
        await business.FailAsync(code, direction: direction);

        Assert.Equal(["account-blocked", "account-blocked"], await business.EmailsAsync());
        Assert.Equal(FailureAlert.Owner, (await business.RecordAsync(text)).Alert);
        Assert.Equal(isRetried, await business.RetryAsync(text) is not null);
        Assert.Empty(await business.AlertsAsync());
    }

    [Fact]
    public async Task Failure_ReportedTwiceAndByTwoInstancesAtOnce_HasOneConsequence()
    {
        var clock = new FakeClock();
        await using var one = new FailureInstance(world, clock);
        await using var two = new FailureInstance(world, clock);
        var business = new Business(one);
        var failed = business.Failure(30007);

        await Task.WhenAll(one.FailAsync(failed), two.FailAsync(failed), one.FailAsync(failed), two.FailAsync(failed));
        await two.FailAsync(failed);

        Assert.Single(await business.AlertsAsync());
        Assert.Equal(FailureAlert.Sitter, (await business.RecordAsync(failed.MessageId)).Alert);
    }
}
