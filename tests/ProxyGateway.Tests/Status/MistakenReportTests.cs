using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ProxyGateway.Webhooks;

namespace PhoneMasking.ProxyGateway.Tests.Status;

/// <summary>Reports that name a text which cannot be the one that they are about.</summary>
[Collection(GatewayGroup.Name)]
public sealed class MistakenReportTests(GatewayWorld world)
{
    private static readonly E164Number Ours = E164Number.Parse("+13035550199");
    private static readonly E164Number SomebodyElse = E164Number.Parse("+13035550198");

    [Theory]
    [InlineData(OutboundState.Sending, 1, true)]
    [InlineData(OutboundState.Unknown, 1, true)]
    [InlineData(OutboundState.Failed, 1, true)]
    [InlineData(OutboundState.Pending, 0, false)]
    [InlineData(OutboundState.Failed, 0, false)]
    public async Task ReportThatNamesATextOfOthersBeforeTheSendIsRecorded_CountsForTheTextThatWasSent(
        object standing, int attempts, bool saysForWhom)
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        var to = sitter.RealNumber.Reveal();
        var other = await InsertAsync((OutboundState)standing, attempts);
        world.Twilio.BeforeAnswer(to, async () =>
        {
            var sent = world.Twilio.AcceptedFor(to)[0];
            var report = Webhook.OfStatus($"{TwilioWebhookEndpoints.StatusPath}?message={other}", sent.Sid, "delivered");
            await world.PostAsync(
                saysForWhom
                    ? report with { Parameters = [.. report.Parameters, new("From", sent.From!), new("To", sent.To!)] }
                    : report,
                host: 1);
        });

        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");

        await world.OutboundAsync(sitter.RealNumber, OutboundState.Delivered);
        Assert.Equal(
            world.Twilio.AcceptedFor(to)[0].Sid,
            await world.ScalarAsync<string>("SELECT provider_sid FROM gateway.outbound WHERE to_number = $1", to));
        Assert.Single(world.Twilio.CallsTo(to));
        Assert.Equal(1, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE id = $1 AND state = $2 AND provider_sid IS NULL",
            other.Value,
            (short)(OutboundState)standing));
    }

    [Fact]
    public async Task ReportThatSaysForWhomItsTextIs_SettlesThatText()
    {
        var id = await InsertAsync(OutboundState.Unknown, 1);
        var report = Webhook.OfStatus($"{TwilioWebhookEndpoints.StatusPath}?message={id}", Webhook.NewSid(), "delivered");

        await world.PostAsync(report with
        {
            Parameters = [.. report.Parameters, new("From", Ours.Reveal()), new("To", SomebodyElse.Reveal())],
        });

        Assert.Equal(1, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE id = $1 AND state = 7 AND provider_sid = $2", id.Value, report.Sid));
    }

    // Nobody takes it: it is due in a year.
    private async Task<MessageId> InsertAsync(OutboundState state, int attempts)
    {
        var id = MessageId.New(world.Clock.GetUtcNow());
        await world.ExecuteAsync(
            """
            INSERT INTO gateway.outbound (id, organisation_id, part, direction, from_number, to_number, body, media,
                state, attempts, due_at, created_at)
            VALUES ($1, $2, 0, 0, $3, $4, 'Hello', '{}', $5, $6, $7 + interval '1 year', $7)
            """,
            id.Value,
            OrganisationId.Default.Value,
            Ours.Reveal(),
            SomebodyElse.Reveal(),
            (short)state,
            attempts,
            world.Clock.GetUtcNow());
        return id;
    }
}
