using System.Text;
using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Privacy;
using PhoneMasking.EndToEnd.Product;
using RabbitMQ.Client;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>A message that nobody can handle ends among the dead letters, as the console shows them; the others keep flowing.</summary>
public sealed class When_a_message_is_poison(ProductSystem product)
{
    private const string Queue = "proxy-gateway.route-conversations";

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_put_it_aside_and_go_on(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await using var spy = await HeaderSpy.StartAsync(product, "dead-letters");
        await using var bus = await BusClient.OpenAsync(product);
        var texts = Webhook.Round(driver.Run, Load.Texts(brief: 40), crowd);

        await driver.DriveAsync([.. texts.Take(texts.Count / 2)], Load.PerSecond(brief: 100));
        var poison = Poison(driver.Run);
        foreach (var message in poison)
        {
            await PublishAsync(message);
        }

        await driver.DriveAsync([.. texts.Skip(texts.Count / 2)], Load.PerSecond(brief: 100));

        await Until.TrueAsync(
            async () => (await ListAsync(bus)).Count == poison.Count,
            async () => $"the dead letters; there are {string.Join(", ", await ListAsync(bus))}");

        // The fault's text is in the headers.
        var (aside, leaks) = await spy.ReadAsync();
        Assert.Equal(poison.Count, aside);
        Assert.Equal([], leaks);
        var letters = await ListAsync(bus);
        Assert.All(letters, letter => Assert.Equal("fault", letter.Reason));
        Assert.DoesNotContain(letters, letter => ProductOutput.Leak(letter.ToString()) is not null);
        await DiscardAsync(bus, letters);
        await Judge.ExactlyOnceAsync(product, driver);
    }

    // Two that cannot be read, and one that can, and always makes its consumer throw. None has an id, so their content must tell
    // them from those of other runs: what was discarded before is not shown again.
    private static IReadOnlyList<string> Poison(string run) =>
    [
        $"\0\u0001 not JSON but {ProductOutput.BodyCanary} {run}",
        $$$"""
        {"messageType":["urn:message:PhoneMasking.Contracts:RouteConversations"],
            "message":{"conversations":"{{{ProductOutput.BodyCanary}}} +13035550171 {{{run}}}"}}
        """,
        $$$"""{"messageType":["urn:message:PhoneMasking.Contracts:RouteConversations"],"message":{"run":"{{{run}}}"}}""",
    ];

    private static async Task<IReadOnlyList<DeadLetterView>> ListAsync(BusClient bus) =>
        (await bus.AskAsync<ListDeadLetters, DeadLetterPage>(new ListDeadLetters(null, 200, DeadLetterState.Open, Queue))).Items;

    private static async Task DiscardAsync(BusClient bus, IReadOnlyList<DeadLetterView> letters)
    {
        foreach (var letter in letters)
        {
            await bus.AskAsync<DiscardDeadLetter, DeadLetterView>(new DiscardDeadLetter(letter.Id, "test", "It was poison"));
        }

        Assert.Empty(await ListAsync(bus));
    }

    private async Task PublishAsync(string message)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await Queues.ConnectAsync(product);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken);
        var properties = new BasicProperties { Persistent = true, ContentType = "application/vnd.masstransit+json" };
        await channel.BasicPublishAsync("", Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(message), cancellationToken);
    }
}
