using System.Text;
using PhoneMasking.Contracts;
using static PhoneMasking.AlertService.Tests.DeadLetters.DeadLetterWorld;

namespace PhoneMasking.AlertService.Tests.DeadLetters;

/// <summary>What can be done with a dead letter: once, whoever asks how often, and audited.</summary>
public sealed class SettlingTests(DeadLetterWorld world) : IClassFixture<DeadLetterWorld>
{
    [Fact]
    public async Task SendAgain_OfAnOpenOne_PutsItBackIntoItsQueueAsItWas()
    {
        var letter = await world.DieAndRepairAsync("again-one");

        var sent = Assert.IsType<DeadLetterView>(await world.SendAgainAsync(letter.Id));

        Assert.Equal((DeadLetterState.SentAgain, By), (sent.State, sent.SettledBy));
        var message = Assert.Single(await world.TakeAllAsync("again-one"));
        Assert.Equal(Envelope(letter.MessageId), Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal(
            (ContentType, letter.MessageId.ToString(), true),
            (message.BasicProperties.ContentType, message.BasicProperties.MessageId, message.BasicProperties.Persistent));
        Assert.Null((await world.RowAsync(letter.Id)).Body);
        Assert.Equal(
            [
                $"DeadLetterKept RouteConversations of again-one, dead letter {letter.Id}",
                $"DeadLetterSentAgain RouteConversations of again-one, dead letter {letter.Id}, by console",
            ],
            await world.AuditedAsync(letter.Id, 2));
    }

    [Fact]
    public async Task SendAgain_ByManyAtOnceAtTwoInstances_SendsOneMessageAndTellsAllTheSame()
    {
        var letter = await world.DieAndRepairAsync("again-many");

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => world.SendAgainAsync(letter.Id)));

        var settled = answers.Select(answer => Assert.IsType<DeadLetterView>(answer)).Distinct();
        Assert.Equal(DeadLetterState.SentAgain, Assert.Single(settled).State);
        Assert.Single(await world.TakeAllAsync("again-many"));
        Assert.Equal(2, (await world.AuditedAsync(letter.Id, 2)).Count);
    }

    [Fact]
    public async Task SendAgain_OfOneThatDiesAgain_MakesASecondDeadLetter()
    {
        var letter = await world.DieAsync("again-dead");

        await world.SendAgainAsync(letter.Id);

        var second = await world.KeptAsync(kept => kept.MessageId == letter.MessageId && kept.SentBefore == 1);
        Assert.NotEqual(letter.Id, second.Id);
        await world.SendAgainAsync(letter.Id);
        await world.SendAgainAsync(second.Id);
        await world.KeptAsync(kept => kept.MessageId == letter.MessageId && kept.SentBefore == 2);
        Assert.Equal(3, (await world.AllAsync()).Count(kept => kept.MessageId == letter.MessageId));
    }

    [Fact]
    public async Task SendAgain_WhileItsQueueIsGone_IsRefusedAndItStaysOpen()
    {
        var letter = await world.DieAsync("again-gone");
        await world.RemoveQueueAsync("again-gone");

        var refused = Assert.IsType<Refused>(await world.SendAgainAsync(letter.Id));

        Assert.Equal((RefusalKind.Conflict, "queue-gone"), (refused.Kind, refused.Problem));
        var row = await world.RowAsync(letter.Id);
        Assert.Equal(DeadLetterState.Open, row.State);
        Assert.NotNull(row.Body);
    }

    [Fact]
    public async Task Discard_OfAnOpenOne_ForgetsWhatItSaidAndKeepsWhoAndWhy()
    {
        var letter = await world.DieAsync("discard-one");

        var first = Assert.IsType<DeadLetterView>(await world.DiscardAsync(letter.Id, "The sitter was removed"));
        var second = Assert.IsType<DeadLetterView>(await world.DiscardAsync(letter.Id, "Another reason"));

        Assert.Equal(first, second);
        Assert.Equal((DeadLetterState.Discarded, By, "The sitter was removed"), (first.State, first.SettledBy, first.Why));
        Assert.Null((await world.RowAsync(letter.Id)).Body);
        Assert.Equal(
            $"DeadLetterDiscarded RouteConversations of discard-one, dead letter {letter.Id}, by console: The sitter was removed",
            (await world.AuditedAsync(letter.Id, 2))[1]);
        Assert.Equal("dead-letter-discarded", Assert.IsType<Refused>(await world.SendAgainAsync(letter.Id)).Problem);
    }

    [Fact]
    public async Task Discard_OfOneThatWasSentAgain_IsRefused()
    {
        var letter = await world.DieAndRepairAsync("discard-late");
        await world.SendAgainAsync(letter.Id);

        Assert.Equal("dead-letter-sent-again", Assert.IsType<Refused>(await world.DiscardAsync(letter.Id)).Problem);
    }

    [Fact]
    public async Task SendAgainAndDiscard_AtTheSameTime_OneOfThemWins()
    {
        var letter = await world.DieAndRepairAsync("discard-or-again");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(turn => turn % 2 == 0 ? world.SendAgainAsync(letter.Id) : world.DiscardAsync(letter.Id)));

        var row = await world.RowAsync(letter.Id);
        Assert.Equal(6, answers.OfType<DeadLetterView>().Count(view => view.State == row.State));
        Assert.Equal(6, answers.OfType<Refused>().Count());
        Assert.Equal(row.State == DeadLetterState.SentAgain ? 1 : 0, (await world.TakeAllAsync("discard-or-again")).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("call (303) 555-0142 first")]
    [InlineData("was for +13035550142")]
    [InlineData("two\nlines")]
    public async Task Discard_WithoutAWhyThatMayBeKept_IsRefusedNamingIt(string why)
    {
        var letter = await world.DieAsync($"discard-why-{Guid.CreateVersion7()}");

        var refused = Assert.IsType<Refused>(await world.DiscardAsync(letter.Id, why));

        Assert.Equal((RefusalKind.Invalid, "why"), (refused.Kind, refused.Field));
        Assert.Equal(DeadLetterState.Open, (await world.RowAsync(letter.Id)).State);
    }

    [Fact]
    public async Task Unknown_DeadLetter_IsNotFound()
    {
        var id = Guid.CreateVersion7();

        object[] answers =
        [
            await world.SendAgainAsync(id),
            await world.DiscardAsync(id),
            await world.Bus.AskAsync<ReadDeadLetter, DeadLetterView>(new ReadDeadLetter(id), Cancelled),
        ];

        Assert.All(answers, answer => Assert.Equal(RefusalKind.NotFound, Assert.IsType<Refused>(answer).Kind));
    }

    [Fact]
    public async Task ListDeadLetters_PageByPageAndFiltered_GivesEachOnceNewestFirst()
    {
        var letters = new List<Guid>();
        for (var number = 0; number < 3; number++)
        {
            letters.Add((await world.DieAsync("listed")).Id);
        }

        await world.DiscardAsync(letters[1]);
        var first = await ListAsync(new ListDeadLetters(null, 2, Queue: "listed"));
        var second = await ListAsync(new ListDeadLetters(first.Next, 2, Queue: "listed"));

        Assert.Equal(letters.Order().Reverse(), first.Items.Concat(second.Items).Select(item => item.Id));
        Assert.Null(second.Next);
        Assert.Equal(
            letters[1], Assert.Single((await ListAsync(new ListDeadLetters(null, 9, DeadLetterState.Discarded, "listed"))).Items).Id);
        Assert.Equal(2, (await ListAsync(new ListDeadLetters(null, 9, DeadLetterState.Open, "listed"))).Items.Count);
        Assert.True(first.Open >= 2);
        Assert.IsType<Refused>(await world.Bus.AskAsync<ListDeadLetters, DeadLetterPage>(new ListDeadLetters(null, 0), Cancelled));
        var read = await world.Bus.AskAsync<ReadDeadLetter, DeadLetterView>(new ReadDeadLetter(letters[0]), Cancelled);
        Assert.Equal(letters[0], Assert.IsType<DeadLetterView>(read).Id);
    }

    private async Task<DeadLetterPage> ListAsync(ListDeadLetters request) =>
        Assert.IsType<DeadLetterPage>(await world.Bus.AskAsync<ListDeadLetters, DeadLetterPage>(request, Cancelled));
}
