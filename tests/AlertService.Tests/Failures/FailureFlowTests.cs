using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.AlertService.Tests.Emails;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;
using static PhoneMasking.AlertService.Tests.AlertServiceFixture;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>The whole of it over the bus, with two instances: from a report to the command, and what the owner sees.</summary>
public sealed class FailureFlowTests(FailureFlowWorld world) : IClassFixture<FailureFlowWorld>
{
    private static readonly int[] Codes = [30007, 30006, 30007, 30025, 30007];

    private static readonly E164Number Number = E164Number.Parse("+13035550131");

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailureThatFailsAgain_IsRetriedOnceToldOnceAndShown()
    {
        var (organisation, sitter, client) = (NewOrganisation(), SitterId.New(_now), ClientId.New(_now));
        await NamesAsync(organisation, sitter, client);
        var text = MessageId.New(_now);
        var failed = new MessageFailed(
            organisation, text, MessageDirection.SitterToClient, null, sitter, client, 30003, "undelivered",
            _now.AddMinutes(-11), Number, 7, 1);

        await PublishAsync(failed, times: 3);
        var command = await world.Bus.WaitForAsync<RetryMessages>(sent => sent.OrganisationId == organisation, Cancelled);
        var retry = Assert.Single(command.Retries).RetryId;
        await PublishAsync(failed with { MessageId = retry, OccurredAt = _now }, times: 2);
        await PublishAsync(new MessageRetried(organisation, text, retry, null, sitter, client, _now), times: 2);
        var alert = await world.Bus.WaitForAsync<SendSitterAlert>(sent => sent.OrganisationId == organisation, Cancelled);
        await PublishAsync(new SitterAlertDropped(
            organisation, alert.AlertId, retry, null, sitter, client, "opted-out", _now), times: 2);

        var page = await PageAsync(new ListFailures(organisation, null, 10), shown => shown.Items is [{ Alert: FailureAlert.Dropped }, _]);
        Assert.Equal(
            (retry, text, true, "Ana Alvarez", "Maria Lopez"),
            (page.Items[0].MessageId, page.Items[0].RetryOf, page.Items[0].IsPermanent, page.Items[0].SitterName, page.Items[0].ClientName));
        Assert.Equal(
            (text, RetryState.Failed, false, 30003, "unreachable handset: off, roaming or no signal"),
            (page.Items[1].MessageId, page.Items[1].Retry, page.Items[1].IsPermanent, page.Items[1].Code, page.Items[1].Meaning));
        Assert.Equal((1, 5, 0, null), (page.Summary.Permanent, page.Summary.Threshold, page.Summary.WaitingRetries, page.Summary.LastSummaryAt));
        Assert.Single(world.Bus.Kept<RetryMessages>(), sent => sent.OrganisationId == organisation);
        Assert.Single(world.Bus.Kept<SendSitterAlert>(), sent => sent.OrganisationId == organisation);
    }

    [Fact]
    public async Task RetryThatArrivesOrIsDropped_IsShown_AndSoIsATextThatArrivedAfterAll()
    {
        var organisation = NewOrganisation();
        MessageId[] texts = [.. Enumerable.Range(0, 3).Select(_ => MessageId.New(_now))];
        foreach (var (text, index) in texts.Select((text, index) => (text, index)))
        {
            await PublishAsync(new MessageFailed(
                organisation, text, MessageDirection.ClientToSitter, null, SitterId.New(_now), ClientId.New(_now), 30008,
                "undelivered", _now.AddMinutes(index == 2 ? 0 : -11), Number, 100 + index, 1));
        }

        MessageRetry[] retries = [await OrderedAsync(texts[0]), await OrderedAsync(texts[1])];
        await PublishAsync(new FailureResolved(organisation, retries[0].RetryId, _now));
        await PublishAsync(new MessageRetried(organisation, texts[0], retries[0].RetryId, null, null, null, _now));
        await PublishAsync(new MessageRetryDropped(
            organisation, texts[1], retries[1].RetryId, null, null, null, "session-ended", _now));
        await PublishAsync(new FailureResolved(organisation, texts[2], _now));

        var page = await PageAsync(new ListFailures(organisation, null, 10), shown =>
            shown.Items.Count == 3 && shown.Items.All(item => item.Retry is RetryState.Delivered or RetryState.Dropped));
        var shown = page.Items.ToDictionary(item => item.MessageId, item => (item.Retry, item.RetryReason));
        Assert.Equal((RetryState.Delivered, null), shown[texts[0]]);
        Assert.Equal((RetryState.Dropped, "session-ended"), shown[texts[1]]);
        Assert.Equal((RetryState.Dropped, "delivered"), shown[texts[2]]);
        var alert = await world.Bus.WaitForAsync<SendSitterAlert>(sent => sent.OrganisationId == organisation, Cancelled);
        Assert.Equal(texts[1], alert.FailedMessageId);
    }

    [Fact]
    public async Task AccountThatTwilioTakesNoTextOf_IsToldToTheOwnerAtOnceAndOnceForACode()
    {
        var organisation = NewOrganisation();
        var blocked = new SendingBlocked(organisation, MessageId.New(_now), Number, 20003, 401, _now);

        await PublishAsync(blocked, times: 3);
        await PublishAsync(blocked with { ErrorCode = null }, times: 2);
        await PublishAsync(blocked with { ErrorCode = 20005, HttpStatus = 403 });
        await PublishAsync(blocked with { ErrorCode = null, HttpStatus = 404 });

        await Eventually.TrueAsync(
            () => ReadAsync(async db => await db.Audit.CountAsync(
                one => one.OrganisationId == organisation && one.Event == nameof(SendingBlocked), Cancelled) == 7),
            "all of the events",
            Cancelled);
        string[] expected = ["authentication failed", "authentication failed", "account not active", "HTTP 404"];
        await Eventually.TrueAsync(
            () => ReadAsync(async db => await db.Emails.CountAsync(one => one.OrganisationId == organisation, Cancelled) >= 4),
            "the e-mails",
            Cancelled);
        await EmailWorld.ReadAsync(world.One, async db =>
        {
            var emails = await db.Emails.Where(one => one.OrganisationId == organisation).ToListAsync(Cancelled);
            Assert.Equal(4, emails.Count);
            Assert.All(emails, email => Assert.Equal("account-blocked", email.Template));
            Assert.All(emails, email => Assert.Contains("Texts wait meanwhile", email.TextBody));
            Assert.Equal(
                expected.Order(),
                emails.Select(email => expected.First(words => email.Subject.Contains(words, StringComparison.Ordinal))).Order());
            return true;
        });
        Assert.DoesNotContain(world.Bus.Kept<SendSitterAlert>(), sent => sent.OrganisationId == organisation);
    }

    [Fact]
    public async Task List_IsFilteredPagedAndOfOneOrganisation()
    {
        var (organisation, sitter, client) = (NewOrganisation(), SitterId.New(_now), ClientId.New(_now));
        var at = _now;
        foreach (var (code, index) in Codes.Select((code, index) => (code, index)))
        {
            at = at.AddMilliseconds(1);
            await PublishAsync(new MessageFailed(
                organisation, MessageId.New(at), MessageDirection.SitterToClient, null, index < 2 ? sitter : SitterId.New(at),
                index > 2 ? client : ClientId.New(at), code, "undelivered", _now, Number, index + 1, 1));
        }

        var list = new ListFailures(organisation, null, 2);
        var all = await PageAsync(list with { Limit = 200 }, shown => shown.Items.Count == 5);
        var first = await PageAsync(list, shown => shown.Next is not null);
        var second = await PageAsync(list with { After = first.Next }, shown => shown.Next is not null);
        var third = await PageAsync(list with { After = second.Next }, shown => shown.Next is null);
        Assert.Equal(all.Items, [.. first.Items, .. second.Items, .. third.Items]);
        Assert.Equal(all.Items.OrderByDescending(item => item.MessageId.Value), all.Items);
        Assert.Equal(3, (await PageAsync(list with { Limit = 9, Code = 30007 }, _ => true)).Items.Count);
        Assert.Single((await PageAsync(list with { Limit = 9, Class = FailureClass.Warning }, _ => true)).Items);
        Assert.Equal(2, (await PageAsync(list with { Limit = 9, SitterId = sitter }, _ => true)).Items.Count);
        Assert.Equal(2, (await PageAsync(list with { Limit = 9, ClientId = client }, _ => true)).Items.Count);
        Assert.Empty((await PageAsync(list with { OrganisationId = NewOrganisation() }, _ => true)).Items);
        Assert.IsType<Refused>(await world.Bus.AskAsync<ListFailures, FailurePage>(list with { Limit = 201 }, Cancelled));
    }

    private async Task<MessageRetry> OrderedAsync(MessageId text) => (await world.Bus.WaitForAsync<RetryMessages>(
        command => command.Retries.Any(retry => retry.MessageId == text), Cancelled)).Retries.Single();

    private async Task NamesAsync(OrganisationId organisation, SitterId sitter, ClientId client)
    {
        await PublishAsync(new SitterChanged(
            organisation, sitter, "Ana Alvarez", E164Number.Parse("+13035550111"), null, null, true, 1, _now));
        await PublishAsync(new ClientChanged(organisation, client, "Maria Lopez", [], false, 2, _now));
        await PublishAsync(new ClientChanged(organisation, client, "Maria", [], false, 1, _now));
        await Eventually.TrueAsync(
            () => ReadAsync(db => db.Sitters.AnyAsync(known => known.SitterId == sitter, Cancelled)),
            "the sitter's name",
            Cancelled);
        await Eventually.TrueAsync(
            () => ReadAsync(db => db.Clients.AnyAsync(
                known => known.ClientId == client && known.Version == 2, Cancelled)),
            "the client's name",
            Cancelled);
    }

    private Task<bool> ReadAsync(Func<AlertDbContext, Task<bool>> read) => EmailWorld.ReadAsync(world.One, read);

    private async Task PublishAsync(object message, int times = 1)
    {
        // As several events and as one that is delivered again.
        for (var count = 0; count < times; count++)
        {
            await world.Bus.PublishAsync(message, Guid.CreateVersion7(), Cancelled);
        }
    }

    private async Task<FailurePage> PageAsync(ListFailures request, Func<FailurePage, bool> condition)
    {
        FailurePage? page = null;
        await Eventually.TrueAsync(
            async () => condition(page = (FailurePage)await world.Bus.AskAsync<ListFailures, FailurePage>(request, Cancelled)),
            "the page",
            Cancelled);
        return page!;
    }
}
