using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.TestServers;
using RabbitMQ.Client;

namespace PhoneMasking.AlertService.Tests.DeadLetters;

public sealed class DeadLetterTests(AlertServiceFixture service)
{
    [Fact]
    public async Task DeadLetter_OfAnyQueue_IsKeptWithWhatIsNeededToReplayIt()
    {
        var id = Guid.CreateVersion7();

        await DieAsync("victim-of-one", id);

        var letter = await KeptAsync(id);
        Assert.Equal(("victim-of-one", "RouteConversations", "expired"), (letter.Queue, letter.Type, letter.Reason));
        Assert.Equal(Envelope(id), letter.Body);
    }

    [Fact]
    public async Task DeadLetter_DeliveredTwice_IsKeptAndCountedOnce()
    {
        var (id, later) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == DeadLetterMetrics.Instrument)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, measured, tags, _) =>
            Interlocked.Add(ref counted, tags.ToArray().Any(tag => tag.Value is "victim-of-two") ? measured : 0));
        listener.Start();

        await DieAsync("victim-of-two", id);
        await KeptAsync(id);
        await DieAsync("victim-of-two", id);
        await DieAsync("victim-of-two", later);
        await KeptAsync(later);

        await Eventually.TrueAsync(
            () => Task.FromResult(Interlocked.Read(ref counted) == 2), "two counts", TestContext.Current.CancellationToken);
    }

    // A queue as the services declare theirs, but one in which a message dies at once.
    private async Task DieAsync(string queue, Guid id)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await new ConnectionFactory { Uri = service.Broker.Uri }
            .CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-message-ttl"] = 1,
                ["x-dead-letter-exchange"] = "dead-letters",
            },
            cancellationToken: cancellationToken);
        await channel.BasicPublishAsync(
            string.Empty,
            queue,
            mandatory: true,
            new BasicProperties { ContentType = "application/vnd.masstransit+json" },
            Encoding.UTF8.GetBytes(Envelope(id)),
            cancellationToken);
    }

    private async Task<DeadLetter> KeptAsync(Guid id)
    {
        DeadLetter? kept = null;
        await Eventually.TrueAsync(
            async () => (kept = await service.ReadAsync(db => db.DeadLetters.SingleOrDefaultAsync(
                letter => letter.MessageId == id, TestContext.Current.CancellationToken))) is not null,
            "the dead letter",
            TestContext.Current.CancellationToken);
        return kept!;
    }

    private static string Envelope(Guid id) =>
        $$"""
        {"messageId":"{{id}}","messageType":["urn:message:PhoneMasking.Contracts:RouteConversations"],"message":{"any":1} }
        """;
}
