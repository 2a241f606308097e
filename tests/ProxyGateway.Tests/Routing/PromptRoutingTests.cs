using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

/// <summary>Who took a text routes it at once; the command over the bus is for when that does not work, and for crowds.</summary>
[Collection(GatewayGroup.Name)]
public sealed class PromptRoutingTests(GatewayWorld world)
{
    private const int Crowd = 40;
    private static readonly TimeSpan AfterACrowd = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task ALoneText_IsRoutedWithoutTheBus()
    {
        var (client, sitter) = await PairAsync();
        world.Clock.Advance(AfterACrowd);

        var webhook = await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");

        await world.TextsAsync(sitter.RealNumber);
        var conversation = await ConversationAsync(webhook.Sid);
        Assert.Equal(0, await CommandsAsync(conversation));
        Assert.Empty(Published(conversation));
    }

    [Fact]
    public async Task AText_ThatCannotBeRoutedAtOnce_GoesOverTheBusAfterTheHeadStart()
    {
        var (client, sitter) = await PairAsync();
        world.Clock.Advance(AfterACrowd);
        var failures = Failures();
        await world.ExecuteAsync($"""
            CREATE FUNCTION gateway.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused''; END';
            CREATE TRIGGER refuse BEFORE INSERT ON gateway.outbound FOR EACH ROW
                WHEN (NEW.to_number = '{sitter.RealNumber.Reveal()}') EXECUTE FUNCTION gateway.refuse();
            """);
        Webhook webhook;
        try
        {
            webhook = await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
            await Eventually.TrueAsync(
                () => Task.FromResult(Failures() > failures),
                "routing that did not work",
                TestContext.Current.CancellationToken);
        }
        finally
        {
            await world.ExecuteAsync("DROP FUNCTION gateway.refuse() CASCADE");
        }

        var conversation = await ConversationAsync(webhook.Sid);
        Assert.Equal(1, await CommandsAsync(conversation));
        world.Clock.Advance(PromptRouting.HeadStart);

        await world.TextsAsync(sitter.RealNumber);
        await IsPublishedAsync(conversation);
        Assert.Equal(0, await CommandsAsync(conversation));
    }

    [Fact]
    public async Task ACrowdOfTexts_IsLeftToTheBus()
    {
        var (client, sitter) = await PairAsync();
        var writer = world.Hosts[0].Services.GetRequiredService<InboundWriter>();
        await using var blocker = await world.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var block = await blocker.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = blocker.CreateCommand())
        {
            command.CommandText = "LOCK TABLE gateway.inbound IN EXCLUSIVE MODE";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var texts = Enumerable.Range(0, Crowd).Select(index => Text(client, sitter, index)).ToArray();
        var stored = texts.Select(text => writer.StoreAsync(text, TestContext.Current.CancellationToken)).ToArray();
        await block.CommitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(stored);

        var conversation = await ConversationAsync(texts[0].ProviderSid);
        await IsPublishedAsync(conversation);
        Assert.Equal(Crowd, (await world.TextsAsync(sitter.RealNumber, Crowd)).Count);
    }

    private async Task<(ClientChanged Client, SitterChanged Sitter)> PairAsync()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        return (await business.ClientAsync(), sitter);
    }

    private ReceivedText Text(ClientChanged client, SitterChanged sitter, int index)
    {
        var now = world.Clock.GetUtcNow();
        return new ReceivedText(
            MessageId.New(now),
            Webhook.NewSid(),
            client.Numbers[0].Reveal(),
            sitter.ReservedNumber!.Reveal(),
            index.ToString(CultureInfo.InvariantCulture),
            [],
            "{}",
            null,
            now);
    }

    private int Failures() => world.Log.Lines.Count(line => line.Contains("left to the bus", StringComparison.Ordinal));

    private Task IsPublishedAsync(long conversation) => Eventually.TrueAsync(
        () => Task.FromResult(Published(conversation).Any()), "the command on the bus", TestContext.Current.CancellationToken);

    private async Task<long> ConversationAsync(string sid) =>
        await world.ScalarAsync<long>("SELECT conversation FROM gateway.inbound WHERE provider_sid = $1", sid);

    private async Task<long> CommandsAsync(long conversation) => await world.ScalarAsync<long>(
        "SELECT count(*) FROM gateway.outbox WHERE body LIKE '%' || $1 || '%'",
        conversation.ToString(CultureInfo.InvariantCulture));

    private IEnumerable<RouteConversations> Published(long conversation) =>
        world.Events.Kept<RouteConversations>().Where(command => command.Conversations.Contains(conversation));
}
