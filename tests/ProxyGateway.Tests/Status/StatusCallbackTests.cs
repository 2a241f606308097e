using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
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
        await world.Events.WaitForAsync<MessageDelivered>(delivered => delivered.MessageId == id, Token);
        Assert.Single(world.Events.Kept<MessageDelivered>(), delivered => delivered.MessageId == id);
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

    /// <summary>Property: the end depends on which reports came, not on their order or repetition.</summary>
    [Fact]
    public async Task AnyOrderAndRepetitionOfReports_EndsInTheSameState()
    {
        var writer = world.Hosts[0].Services.GetRequiredService<StatusWriter>();
        var histories = Gen.Choose(0, Reports.Length - 1).NonEmptyListOf().Sample(8, 60);
        foreach (var history in histories)
        {
            var (id, sid) = await InsertSentAsync();
            var batches = history.Chunk(2);
            foreach (var batch in batches)
            {
                await Task.WhenAll(batch.Select(index => writer.StoreAsync(Report(id, sid, index), Token)));
            }

            var last = history.Max(index => Reports[index].State);
            var told = string.Join(", ", history.Select(index => Reports[index].Status));
            Assert.True(
                (short)last == await world.ScalarAsync<short>("SELECT state FROM gateway.outbound WHERE id = $1", id.Value), told);
            Assert.True(
                (Reports.First(report => report.State == last).Code ?? 0)
                == await world.ScalarAsync<int>("SELECT coalesce(error_code, 0) FROM gateway.outbound WHERE id = $1", id.Value),
                told);
        }
    }

    private StatusReport Report(MessageId id, string sid, int index) =>
        new(id, sid, Reports[index].Status, Reports[index].Code, "{}", world.Clock.GetUtcNow());

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

    private async Task<(MessageId Id, string Sid)> InsertSentAsync()
    {
        var id = MessageId.New(world.Clock.GetUtcNow());
        var sid = Webhook.NewSid();
        await world.ExecuteAsync(
            """
            INSERT INTO gateway.outbound (id, organisation_id, part, direction, from_number, to_number, body, media,
                state, attempts, due_at, created_at, provider_sid)
            VALUES ($1, $2, 0, 0, $3, $4, 'Hello', '{}', 3, 1, $5, $5, $6)
            """,
            id.Value,
            OrganisationId.Default.Value,
            "+13035550199",
            "+13035550198",
            world.Clock.GetUtcNow(),
            sid);
        return (id, sid);
    }

    private static MessageId Id(Uri callback) => new(Guid.Parse(callback.Query["?message=".Length..]));
}
