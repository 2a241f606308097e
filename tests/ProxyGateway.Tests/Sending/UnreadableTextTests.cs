using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>A row among the texts to be sent holds what no text can hold: it fails, is told of, and holds nobody up.</summary>
[Collection(GatewayGroup.Name)]
public sealed class UnreadableTextTests(GatewayWorld world)
{
    private const string Nobody = "nobody";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("from_number", Nobody)]
    [InlineData("to_number", Nobody)]
    [InlineData("media", "{no address}")]
    [InlineData("media", "{NULL}")]
    public async Task CorruptRow_FailsVisibly_AndTheOthersAreSent(string column, string value)
    {
        var thread = await FailingThread.OpenAsync(world);
        var from = thread.Sitter.ReservedNumber!.Reveal();
        var to = thread.Client.Numbers[0].Reveal();
        var corrupt = await AddAsync(
            thread,
            column == "from_number" ? value : from,
            column == "to_number" ? value : to,
            column == "media" ? value : "{}",
            "Corrupt");
        await AddAsync(thread, from, to, "{}", "Behind it");

        await world.PassTimeUntilAsync(
            () => Task.FromResult(world.Twilio.AcceptedFor(to).Count == 1), "the text behind the corrupt one");

        Assert.Equal("Behind it", world.Twilio.AcceptedFor(to)[0].Body);
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == corrupt, Token);
        Assert.Equal(("unreadable", thread.Sitter.SitterId), (failed.Outcome, failed.SitterId));
        Assert.Equal(column == "from_number" ? null : from, failed.Number?.Reveal());
        Assert.Equal((short)OutboundState.Failed, await world.ScalarAsync<short>(
            "SELECT state FROM gateway.outbound WHERE id = $1", corrupt.Value));
        Assert.Contains(world.Log.Lines, line => line.Contains($"Text {corrupt} cannot be read", StringComparison.Ordinal));
        Assert.Empty(world.Twilio.CallsTo(Nobody));
    }

    // By another hand: the gateway itself writes no such row.
    private async Task<MessageId> AddAsync(FailingThread thread, string from, string to, string media, string body)
    {
        var id = MessageId.New(world.Clock.GetUtcNow());
        await world.ExecuteAsync(
            """
            INSERT INTO gateway.outbound (id, organisation_id, part, direction, session_id, sitter_id, client_id, from_number,
                to_number, body, media, due_at, created_at)
            VALUES ($1, $2, 0, 1, $3, $4, $5, $6, $7, $8, $9::text[], $10, $10)
            """,
            id.Value,
            thread.Business.Organisation.Value,
            thread.Session.Value,
            thread.Sitter.SitterId.Value,
            thread.Client.ClientId.Value,
            from,
            to,
            body,
            media,
            world.Clock.GetUtcNow());
        return id;
    }
}
