using System.Text;
using PhoneMasking.AppHost.Local;
using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;
using PhoneMasking.TestServers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>
/// A message that ends every process that takes it: put aside after a bounded number of deaths, alone, whatever else those
/// processes had taken with it. No service of ours is known to die of a message, so a small one with the same bus plays it.
/// </summary>
public sealed class When_a_message_kills_its_process(ProductSystem product) : IAsyncDisposable
{
    // tests/TinyHost/MortalService.cs.
    private const string Queue = "tiny-host.chore";
    private const string FolderVariable = "TINY_MORTAL";
    private const string Ledger = "chores.txt";

    private const int Chores = 60;
    private const int Mortal = 20;
    private const int Later = 10;

    // Ten deliveries may fail; the one after that is the last.
    private const int MostDeliveries = 11;

    // Deaths that are only played, by connections that end with all of it: a process takes seconds to start.
    private static readonly int Played = Load.IsFull ? 0 : 6;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [MemberData(nameof(Load.Runs), MemberType = typeof(Load))]
    public async Task Should_put_it_aside_alone_and_go_on(int run)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product, run);
        await using var service = product.Guest("mortal", "TinyHost", (FolderVariable, _folder.Path));
        await using var bus = await BusClient.OpenAsync(product);

        // Once, for its queue.
        await service.StartAsync(TestContext.Current.CancellationToken);
        await Queues.DeclaredAsync(product, Queue);
        await service.StopAsync();
        await PublishAsync(Enumerable.Range(0, Chores));
        for (var death = 0; death < Played; death++)
        {
            await TakeAllAndDieAsync();
        }

        await driver.DriveAsync(Webhook.Round(driver.Run, Load.Texts(brief: 40), crowd), Load.PerSecond(brief: 20));
        await Until.TrueAsync(
            async () =>
            {
                await RestartAsync(service);
                return (await ListAsync(bus)).Count > 0;
            },
            "the dead letter");

        // It may have died a last time for that, which we may hear of after the dead letter; from now on it lives, and works.
        await PublishAsync(Enumerable.Range(Chores, Later));
        var innocent = Enumerable.Range(0, Chores + Later).Where(number => number != Mortal).ToList();
        await Until.TrueAsync(
            async () =>
            {
                await RestartAsync(service);
                return !innocent.Except(Entries("done")).Any();
            },
            Story);
        driver.Note(await Story());
        Assert.NotEqual(0, service.ProcessId);
        Assert.InRange(Entries("begun").Count(number => number == Mortal), 1, MostDeliveries - Played);
        var letter = Assert.Single(await ListAsync(bus));
        Assert.Equal("delivery-limit", letter.Reason);
        await bus.AskAsync<DiscardDeadLetter, DeadLetterView>(new DiscardDeadLetter(letter.Id, "test", "It was poison"));
        await Judge.ExactlyOnceAsync(product, driver);
    }

    // Whatever is left would be found in the queues by every test that follows.
    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await using var connection = await Queues.ConnectAsync(product);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: CancellationToken.None);
        await channel.QueueDeleteAsync(Queue, cancellationToken: CancellationToken.None);
    }

    private async Task TakeAllAndDieAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var taken = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await Queues.ConnectAsync(product);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            if (Interlocked.Increment(ref taken) == Chores)
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, Chores, global: false, cancellationToken);
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, cancellationToken);
        await all.Task.WaitAsync(Until.Patience, cancellationToken);
    }

    // As whatever keeps services running in production does.
    private static async Task RestartAsync(ServiceProcess service)
    {
        try
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }
        catch (ServerNotStartedException)
        {
            // It died before it was healthy.
        }
    }

    private static async Task<IReadOnlyList<DeadLetterView>> ListAsync(BusClient bus) =>
        (await bus.AskAsync<ListDeadLetters, DeadLetterPage>(new ListDeadLetters(null, 200, DeadLetterState.Open, Queue))).Items;

    private List<int> Entries(string word)
    {
        var file = Path.Combine(_folder.Path, Ledger);
        return File.Exists(file)
            ? [.. File.ReadLines(file).Select(line => line.Split(' ')).Where(entry => entry[0] == word).Select(entry => int.Parse(entry[1]))]
            : [];
    }

    private Task<string> Story()
    {
        var begun = Entries("begun");
        var done = Entries("done");
        return Task.FromResult(
            $"all chores to be done; {begun.Count(number => number == Mortal)} deaths, "
            + $"most often begun otherwise: {begun.Where(number => number != Mortal).CountBy(number => number).Max(one => one.Value)}, "
            + $"never done: {string.Join(' ', Enumerable.Range(0, Chores + Later).Except(done))}");
    }

    private async Task PublishAsync(IEnumerable<int> chores)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await Queues.ConnectAsync(product);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken);
        foreach (var number in chores)
        {
            var message = $$$"""
                {"messageId":"{{{Guid.CreateVersion7()}}}","messageType":["urn:message:PhoneMasking.TinyHost:Chore"],
                    "message":{"number":{{{number}}},"mortal":{{{(number == Mortal ? "true" : "false")}}}}}
                """;
            var properties = new BasicProperties { Persistent = true, ContentType = "application/vnd.masstransit+json" };
            await channel.BasicPublishAsync("", Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(message), cancellationToken);
        }
    }
}
