using System.Diagnostics.Metrics;
using System.Text;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;
using static PhoneMasking.AlertService.Tests.DeadLetters.DeadLetterWorld;

namespace PhoneMasking.AlertService.Tests.DeadLetters;

/// <summary>Whatever dies is kept, and nothing that it said is shown.</summary>
public sealed class DeadLetterTests(DeadLetterWorld world) : IClassFixture<DeadLetterWorld>
{
    private const string Consumer = "alert-service.sitter-changed";

    [Fact]
    public async Task DeadLetter_OfAnyQueue_IsKeptWithWhatIsNeededToSendItAgain()
    {
        var id = Guid.CreateVersion7();

        var letter = await world.DieAsync("victim-of-one", id);

        Assert.Equal(("victim-of-one", "RouteConversations", "expired"), (letter.Queue, letter.Type, letter.Reason));
        Assert.Equal((id, DeadLetterState.Open, 0), (letter.MessageId, letter.State, letter.SentBefore));
        var row = await world.RowAsync(letter.Id);
        Assert.Equal(Envelope(id), Encoding.UTF8.GetString(row.Body!));
        Assert.Equal(ContentType, row.ContentType);
        Assert.Equal(
            [$"DeadLetterKept RouteConversations of victim-of-one, dead letter {letter.Id}"],
            await world.AuditedAsync(letter.Id, 1));
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

        await world.DieAsync("victim-of-two", id);
        await world.DieAsync("victim-of-two", id);
        await world.DieAsync("victim-of-two", later);

        await Eventually.TrueAsync(() => Task.FromResult(Interlocked.Read(ref counted) == 2), "two counts", Cancelled);
        Assert.Equal(2, (await world.AllAsync()).Count(letter => letter.Queue == "victim-of-two"));
    }

    [Fact]
    public async Task DeadLetter_ThatIsNoMessage_IsKeptOnceAndNothingStops()
    {
        byte[] junk = [0, 1, 0xFF, .. Encoding.UTF8.GetBytes(Canary)];
        await world.QueueAsync("victim-junk", deadly: true);

        await world.PublishAsync("victim-junk", junk);
        await world.PublishAsync("victim-junk", junk);
        await world.DieAsync("victim-after-junk");

        var letter = await world.KeptAsync(kept => kept.Queue == "victim-junk");
        Assert.Equal(("unknown", "expired"), (letter.Type, letter.Reason));
        Assert.Equal(junk, (await world.RowAsync(letter.Id)).Body);
        Assert.Single(await world.AllAsync(), kept => kept.Queue == "victim-junk");
    }

    [Fact]
    public async Task DeadLetter_ThatHoldsHalfACharacter_IsKept()
    {
        await world.QueueAsync("victim-half", deadly: true);

        await world.PublishAsync("victim-half", """{"messageId":"\ud800","messageType":["\ud800"]}"""u8.ToArray());

        Assert.Equal("unknown", (await world.KeptAsync(kept => kept.Queue == "victim-half")).Type);
    }

    [Fact]
    public async Task Message_ThatItsConsumerCannotStore_IsKeptWithTheFaultAndThePlaceAndNothingElse()
    {
        var id = await PoisonAsync("SitterChanged", $$"""{"sitterId":"{{Guid.CreateVersion7()}}","name":null,"note":"{{Canary}}"}""");

        var letter = await world.KeptAsync(kept => kept.MessageId == id);

        Assert.Equal((Consumer, "SitterChanged", "fault"), (letter.Queue, letter.Type, letter.Reason));
        Assert.Equal("PostgresException", letter.Fault);
        Assert.DoesNotContain("under the mat", letter.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("5550142", letter.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_ThatIsNotEvenJson_IsAFault()
    {
        await world.PublishAsync(Consumer, Encoding.UTF8.GetBytes($"{{ no JSON but {Canary}"));

        var letter = await world.KeptAsync(kept => kept.Queue == Consumer && kept.Type == "unknown");

        Assert.Equal("fault", letter.Reason);
        Assert.DoesNotContain("under the mat", letter.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_ThatItsQueueHasNoConsumerFor_IsSkippedAndKept()
    {
        var id = await PoisonAsync("SitterChangedInTheFuture", "{}");

        var letter = await world.KeptAsync(kept => kept.MessageId == id);

        Assert.Equal((Consumer, "SitterChangedInTheFuture", "skipped"), (letter.Queue, letter.Type, letter.Reason));
    }

    [Fact]
    public async Task Message_SentAgainAndFailedAgain_IsASecondDeadLetter()
    {
        var id = await PoisonAsync("SitterChanged", $$"""{"sitterId":"{{Guid.CreateVersion7()}}","name":null}""");
        var first = await world.KeptAsync(kept => kept.MessageId == id);

        Assert.IsType<DeadLetterView>(await world.SendAgainAsync(first.Id));

        var second = await world.KeptAsync(kept => kept.MessageId == id && kept.SentBefore == 1);
        Assert.Equal((DeadLetterState.Open, "fault"), (second.State, second.Reason));
        Assert.Equal(DeadLetterState.SentAgain, (await world.RowAsync(first.Id)).State);
    }

    [Fact]
    public async Task Question_ThatNobodyWaitsForAnyMore_IsNotKept()
    {
        var (question, marker) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await world.QueueAsync("victim-question", deadly: true);
        var envelope = Envelope(question).Replace(
            "\"messageType\"", $"\"requestId\":\"{Guid.CreateVersion7()}\",\"messageType\"", StringComparison.Ordinal);

        await world.PublishAsync("victim-question", Encoding.UTF8.GetBytes(envelope));
        await world.DieAsync("victim-question", marker);

        // The marker died later; both instances collect, so both are given the time to.
        await Eventually.TrueAsync(async () => await world.IsCollectedAsync(), "an empty queue of dead letters", Cancelled);
        Assert.DoesNotContain(await world.AllAsync(), letter => letter.MessageId == question);
    }

    private async Task<Guid> PoisonAsync(string type, string message)
    {
        var id = Guid.CreateVersion7();
        var envelope = Envelope(id, message).Replace("RouteConversations", type, StringComparison.Ordinal);
        await world.PublishAsync(Consumer, Encoding.UTF8.GetBytes(envelope));
        return id;
    }
}
