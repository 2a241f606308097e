using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Status;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ProxyGateway.Webhooks;

namespace PhoneMasking.ProxyGateway.Tests.Status;

/// <summary>Twilio's reports on our texts: in any order, any number of times.</summary>
[Collection(GatewayGroup.Name)]
public sealed class StatusCallbackTests(GatewayWorld world)
{
    private static readonly (string Status, int? Code, OutboundState State)[] Reports =
    [
        ("queued", null, OutboundState.Sent),
        ("sent", null, OutboundState.Sent),
        ("a-word-that-is-new", null, OutboundState.Sent),
        ("canceled", null, OutboundState.Canceled),
        ("failed", 30008, OutboundState.Failed),
        ("undelivered", 30003, OutboundState.Undelivered),
        ("delivered", null, OutboundState.Delivered),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SentThenDelivered_TellsOfTheDeliveryOnce()
    {
        var (sitter, sid, callback) = await SentTextAsync();

        foreach (var status in (string[])["sent", "delivered", "delivered", "sent"])
        {
            await world.PostAsync(Webhook.OfStatus(callback, sid, status), host: status.Length % 2);
        }

        await world.OutboundAsync(sitter, OutboundState.Delivered);
        var id = Id(callback);
        await world.Events.WaitForAsync<MessagesDelivered>(told => told.Texts.Any(text => text.MessageId == id), Token);
        Assert.Single(Delivered(), delivered => delivered.MessageId == id);
        Assert.Equal(2, await world.ScalarAsync<long>("SELECT count(*) FROM gateway.status_events WHERE provider_sid = $1", sid));
    }

    [Fact]
    public async Task FailedAfterDelivered_StaysDeliveredAndIsKeptInTheHistory()
    {
        var (sitter, sid, callback) = await SentTextAsync();

        await world.PostAsync(Webhook.OfStatus(callback, sid, "delivered"));
        await world.PostAsync(Webhook.OfStatus(callback, sid, "failed", 30008));

        await world.OutboundAsync(sitter, OutboundState.Delivered);
        Assert.Equal(30008, await world.ScalarAsync<int>(
            "SELECT error_code FROM gateway.status_events WHERE provider_sid = $1 AND status = 'failed'", sid));
        Assert.DoesNotContain(world.Events.Kept<MessageFailed>(), failed => failed.MessageId == Id(callback));
    }

    [Fact]
    public async Task Undelivered_TellsWhyWithTwiliosCode()
    {
        var (_, sid, callback) = await SentTextAsync();

        await world.PostAsync(Webhook.OfStatus(callback, sid, "undelivered", 30003));

        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == Id(callback), Token);
        Assert.Equal((30003, "undelivered-30003"), (failed.ErrorCode, failed.Reason));
    }

    [Fact]
    public async Task FailedAndThenUndelivered_HasFailedOnce()
    {
        var (sitter, sid, callback) = await SentTextAsync();
        var id = Id(callback);

        await world.PostAsync(Webhook.OfStatus(callback, sid, "failed", 30008));
        await world.PostAsync(Webhook.OfStatus(callback, sid, "undelivered", 30003));

        await world.OutboundAsync(sitter, OutboundState.Undelivered);
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == id, Token);
        await ToldAsync(id);
        Assert.Equal("failed-30008", failed.Reason);
        Assert.Single(world.Events.Kept<MessageFailed>(), failed => failed.MessageId == id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?message=0190a6f0-0000-7000-8000-000000000000")]
    [InlineData("?message=nonsense")]
    public async Task ReportOnATextThatIsNotKnown_IsKept(string query)
    {
        var sid = Webhook.NewSid();

        await world.PostAsync(Webhook.OfStatus($"/webhooks/twilio/status{query}", sid, "delivered"));

        Assert.Equal(1, await world.ScalarAsync<long>("SELECT count(*) FROM gateway.status_events WHERE provider_sid = $1", sid));
    }

    [Fact]
    public async Task ReportWithoutOurIdBeforeTheSendIsRecorded_TakesEffectOnceItIs()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        var to = sitter.RealNumber.Reveal();
        world.Twilio.BeforeAnswer(to, async () =>
        {
            var sid = world.Twilio.AcceptedFor(to)[0].Sid;
            await world.PostAsync(Webhook.OfStatus(TwilioWebhookEndpoints.StatusPath, sid, "undelivered", 30003), host: 1);
        });

        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");

        await world.OutboundAsync(sitter.RealNumber, OutboundState.Undelivered);
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.SitterId == sitter.SitterId, Token);
        Assert.Equal("undelivered-30003", failed.Reason);
    }

    /// <summary>A process ended between the record of the send and the look for reports; or both came at one moment.</summary>
    [Fact]
    public async Task ReportWithoutOurIdThatNobodyLookedFor_TakesEffectAfterAWhileAndOnce()
    {
        var (id, sid) = await InsertSentAsync(OutboundState.Sent);
        await world.ExecuteAsync(
            """
            INSERT INTO gateway.status_events (provider_sid, status, error_code, payload, received_at)
            VALUES ($1, 'undelivered', 30003, '{}', $2)
            """,
            sid,
            world.Clock.GetUtcNow());

        await world.PassTimeUntilAsync(
            async () => await world.ScalarAsync<long>(
                "SELECT count(*) FROM gateway.status_events WHERE provider_sid = $1 AND message_id = $2", sid, id.Value) == 1,
            "the report to take effect");

        await AssertEndAsync(id, OutboundState.Undelivered, 30003, "undelivered");
        await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == id, Token);
        await ToldAsync(id);
        Assert.Single(world.Events.Kept<MessageFailed>(), failed => failed.MessageId == id);
    }

    /// <summary>A text that reached Twilio twice after all is reported on under two ids.</summary>
    [Fact]
    public async Task TwoIdsOfOneTextInOneStatement_TheHigherStateWins()
    {
        var (id, _) = await InsertSentAsync(OutboundState.Unknown);

        // Neither the first nor the last of them, whichever way they are read.
        string[] sids = [.. Enumerable.Range(0, 3).Select(_ => Webhook.NewSid()).Order(StringComparer.Ordinal)];
        await StoreInOneStatementAsync(
            [.. sids.Index().Select(sid => Report(id, sid.Item, sid.Index == 1 ? "delivered" : "sent"))]);

        await AssertEndAsync(id, OutboundState.Delivered, 0, "delivered");
    }

    /// <summary>
    /// A text whose send had no known outcome was given up, and a later one with the same words was taken for it in Twilio's
    /// list: reports on that come under the first one's name.
    /// </summary>
    [Theory]
    [InlineData(OutboundState.Failed)]
    [InlineData(OutboundState.Unknown)]
    [InlineData(OutboundState.Sent)]
    public async Task ReportThatNamesAnotherTextThanTwiliosIdDoes_CountsForTheOneWithTheId(object standing)
    {
        var (id, sid) = await InsertSentAsync(OutboundState.Sent);
        var (named, namedSid) = await InsertSentAsync((OutboundState)standing);

        await world.PostAsync(Webhook.OfStatus($"{TwilioWebhookEndpoints.StatusPath}?message={named}", sid, "delivered"));

        await AssertEndAsync(id, OutboundState.Delivered, 0, "delivered");
        await AssertEndAsync(named, (OutboundState)standing, 0, "nothing");
        Assert.Equal(
            (OutboundState)standing == OutboundState.Sent ? namedSid : null,
            await world.ScalarAsync<string>("SELECT provider_sid FROM gateway.outbound WHERE id = $1", named.Value));
        Assert.Equal(id.Value, await world.ScalarAsync<Guid>(
            "SELECT message_id FROM gateway.status_events WHERE provider_sid = $1", sid));
        Assert.Contains(world.Log.Entries, entry => entry is { Event: "LogMistaken", Level: LogLevel.Warning });
    }

    [Fact]
    public async Task ReportThatNamesAnotherTextInOneStatementWithOthers_AllOfThemCount()
    {
        var (id, sid) = await InsertSentAsync(OutboundState.Sent);
        var (named, _) = await InsertSentAsync(OutboundState.Unknown);
        var (third, thirdSid) = await InsertSentAsync(OutboundState.Sent);
        var ownSid = Webhook.NewSid();

        await StoreInOneStatementAsync(
            Report(named, sid, "delivered"),
            Report(id, sid, "sent"),
            Report(named, ownSid, "sent"),
            Report(third, thirdSid, "delivered"));

        await AssertEndAsync(id, OutboundState.Delivered, 0, "delivered");
        await AssertEndAsync(named, OutboundState.Sent, 0, "sent");
        await AssertEndAsync(third, OutboundState.Delivered, 0, "delivered");
        Assert.Equal(
            ownSid, await world.ScalarAsync<string>("SELECT provider_sid FROM gateway.outbound WHERE id = $1", named.Value));
    }

    private async Task StoreInOneStatementAsync(params StatusReport[] together)
    {
        var writer = world.Hosts[0].Services.GetRequiredService<StatusWriter>();
        var (other, _) = await InsertSentAsync(OutboundState.Unknown);
        var reports = new List<Task>();
        await using (var brake = await world.Database.OpenConnectionAsync(Token))
        {
            // Both of the writer's workers stand still at another text; what comes meanwhile goes into one statement.
            await using var transaction = await brake.BeginTransactionAsync(Token);
            await using (var locking = new NpgsqlCommand("SELECT 1 FROM gateway.outbound WHERE id = $1 FOR UPDATE", brake))
            {
                locking.Parameters.AddWithValue(other.Value);
                await locking.ExecuteNonQueryAsync(Token);
            }

            for (var worker = 1; worker <= 2; worker++)
            {
                reports.Add(writer.StoreAsync(Report(other, Webhook.NewSid(), "sent"), Token));
                await StandStillAsync(worker);
            }

            reports.AddRange(together.Select(report => writer.StoreAsync(report, Token)));
            await transaction.CommitAsync(Token);
        }

        await Task.WhenAll(reports);
    }

    private Task StandStillAsync(int workers) => TestServers.Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>("""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%gateway.status_events%'
            """) == workers,
        $"{workers} workers at the lock",
        Token);

    [Fact]
    public async Task ReportWithoutOurIdOnATextThatIsKnown_NamesItInTheHistory()
    {
        var (id, sid) = await InsertSentAsync(OutboundState.Sent);

        await world.PostAsync(Webhook.OfStatus(TwilioWebhookEndpoints.StatusPath, sid, "delivered"));

        await AssertEndAsync(id, OutboundState.Delivered, 0, "delivered");
        Assert.Equal(id.Value, await world.ScalarAsync<Guid>(
            "SELECT message_id FROM gateway.status_events WHERE provider_sid = $1", sid));
    }

    [Fact]
    public async Task UnsignedReport_IsForbidden()
    {
        var sid = Webhook.NewSid();
        var webhook = Webhook.OfStatus("/webhooks/twilio/status", sid, "delivered");
        using var request = webhook.ToRequest(world.Hosts[0].ClientOptions.BaseAddress, signature: "bm90IGEgc2lnbmF0dXJl");
        using var http = new HttpClient();

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, await world.ScalarAsync<long>("SELECT count(*) FROM gateway.status_events WHERE provider_sid = $1", sid));
    }

    /// <summary>
    /// Property: the end depends on which reports came, not on their order or repetition, nor on whether they came before
    /// our own record of the send; and each event is told at most once.
    /// </summary>
    [Theory]
    [InlineData(OutboundState.Sending)]
    [InlineData(OutboundState.Unknown)]
    [InlineData(OutboundState.Sent)]
    public async Task AnyOrderAndRepetitionOfReports_EndsInTheSameStateAndTellsOnce(object start)
    {
        var writers = world.Hosts.Select(host => host.Services.GetRequiredService<StatusWriter>()).ToArray();
        var ends = new List<(MessageId Id, OutboundState End)>();
        foreach (var history in Gen.Choose(0, Reports.Length - 1).NonEmptyListOf().Sample(8, 25))
        {
            var (id, sid) = await InsertSentAsync((OutboundState)start);
            foreach (var batch in history.Chunk(3))
            {
                await Task.WhenAll(batch.Select((index, at) => writers[at % 2].StoreAsync(Report(id, sid, index), Token)));
            }

            var last = Reports[history.MaxBy(index => Reports[index].State)];
            await AssertEndAsync(
                id, last.State, last.Code ?? 0, string.Join(", ", history.Select(index => Reports[index].Status)));
            ends.Add((id, last.State));
        }

        foreach (var (id, end) in ends)
        {
            await ToldAsync(id);
            if (end == OutboundState.Delivered)
            {
                await world.Events.WaitForAsync<MessagesDelivered>(told => told.Texts.Any(text => text.MessageId == id), Token);
            }

            Assert.InRange(world.Events.Kept<MessageSent>().Count(sent => sent.MessageId == id), 0, 1);
            Assert.InRange(world.Events.Kept<MessageFailed>().Count(failed => failed.MessageId == id), 0, 1);
            Assert.Equal(
                end == OutboundState.Delivered ? 1 : 0,
                Delivered().Count(delivered => delivered.MessageId == id));

            // Who acted on the failure hears that it is none, and nobody else hears anything.
            Assert.Equal(
                end == OutboundState.Delivered ? world.Events.Kept<MessageFailed>().Count(failed => failed.MessageId == id) : 0,
                world.Events.Kept<FailureResolved>().Count(resolved => resolved.MessageId == id));
        }
    }

    private IEnumerable<MessageDelivered> Delivered() => world.Events.Kept<MessagesDelivered>().SelectMany(told => told.Texts);

    private async Task AssertEndAsync(MessageId id, OutboundState state, int code, string told)
    {
        Assert.True(
            (short)state == await world.ScalarAsync<short>("SELECT state FROM gateway.outbound WHERE id = $1", id.Value), told);
        Assert.True(
            code == await world.ScalarAsync<int>("SELECT coalesce(error_code, 0) FROM gateway.outbound WHERE id = $1", id.Value),
            told);
    }

    private Task ToldAsync(MessageId id) => TestServers.Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbox WHERE body LIKE '%' || $1 || '%'", id.ToString()) == 0,
        "the events to be published",
        Token);

    private StatusReport Report(MessageId id, string sid, int index) =>
        Report(id, sid, Reports[index].Status, Reports[index].Code);

    private StatusReport Report(MessageId id, string sid, string status, int? code = null) =>
        new(id, sid, status, code, "{}", world.Clock.GetUtcNow());

    private async Task<(E164Number Sitter, string Sid, Uri Callback)> SentTextAsync()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
        await world.OutboundAsync(sitter.RealNumber, OutboundState.Sent);
        var to = sitter.RealNumber.Reveal();
        return (sitter.RealNumber, world.Twilio.AcceptedFor(to)[0].Sid, world.Twilio.CallsTo(to)[0].Request.StatusCallback!);
    }

    // Nobody takes it: it is due in a year.
    private async Task<(MessageId Id, string Sid)> InsertSentAsync(OutboundState state)
    {
        var id = MessageId.New(world.Clock.GetUtcNow());
        var sid = Webhook.NewSid();
        await world.ExecuteAsync(
            """
            INSERT INTO gateway.outbound (id, organisation_id, part, direction, from_number, to_number, body, media,
                state, attempts, due_at, created_at, provider_sid)
            VALUES ($1, $2, 0, 0, $3, $4, 'Hello', '{}', $7, 1, $5 + interval '1 year', $5,
                CASE WHEN $7 = 3 THEN $6 END)
            """,
            id.Value,
            OrganisationId.Default.Value,
            "+13035550199",
            "+13035550198",
            world.Clock.GetUtcNow(),
            sid,
            (short)state);
        return (id, sid);
    }

    private static MessageId Id(Uri callback) => new(Guid.Parse(callback.Query["?message=".Length..]));
}
