using System.Text;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.TestServers;
using static PhoneMasking.AlertService.Tests.DeadLetters.DeadLetterWorld;

namespace PhoneMasking.AlertService.Tests.DeadLetters;

/// <summary>Dead letters that the database refuses hold up no other, and are not lost.</summary>
public sealed class ParkedLetterTests(DeadLetterWorld world) : IClassFixture<DeadLetterWorld>
{
    // More than both instances take at a time.
    private const int Many = 70;

    [Fact]
    public async Task ManyThatCannotBeKept_OthersAreKept_AndTheyThemselvesOnceTheCauseIsGone()
    {
        await world.ExecuteAsync("ALTER TABLE alerts.dead_letters ADD CONSTRAINT refused CHECK (queue <> 'victim-refused')");
        await world.QueueAsync("victim-refused", deadly: true);
        var ids = Enumerable.Range(0, Many).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids)
        {
            await world.PublishAsync("victim-refused", Encoding.UTF8.GetBytes(Envelope(id)));
        }

        var other = await world.DieAsync("victim-behind-them");
        Assert.DoesNotContain(await world.AllAsync(), letter => letter.Queue == "victim-refused");
        await Eventually.TrueAsync(
            async () => await world.CountAsync(ParkedLetters.Queue) > 0, "letters that are put aside", Cancelled);
        await world.ExecuteAsync("ALTER TABLE alerts.dead_letters DROP CONSTRAINT refused");

        await Eventually.TrueAsync(
            async () => (await world.AllAsync()).Count(letter => letter.Queue == "victim-refused") == Many,
            "those that were put aside",
            Cancelled);
        var letters = (await world.AllAsync()).Where(letter => letter.Id != other.Id).ToArray();
        Assert.Equal(ids.Order(), letters.Select(letter => letter.MessageId).Order());
        Assert.All(letters, letter => Assert.Equal(("victim-refused", "expired"), (letter.Queue, letter.Reason)));
        Assert.Equal(Envelope(letters[0].MessageId), Encoding.UTF8.GetString((await world.RowAsync(letters[0].Id)).Body!));
    }
}
