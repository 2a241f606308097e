using System.Text.Json;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>Over HTTPS an e-mail may be repeated, since its key makes it the same one; it is never there twice.</summary>
[Collection("e-mail queue")]
public sealed class HttpsDeliveryTests(AlertServiceFixture service, EmailWorld world) : IClassFixture<EmailWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Email_ThatIsTaken_IsSentWithTextAndHtmlAndTellsTheAuditLog()
    {
        await using var queue = World();
        await queue.QueueAsync("cause-1");

        Assert.True(await queue.Desk(queue.Https).SendNextAsync(Cancelled));

        var email = await queue.EmailAsync();
        var mail = await MailAsync(email);
        Assert.Equal((EmailState.Sent, 1, mail.GetProperty("id").GetString()), (email.State, email.Attempts, email.ProviderId));
        Assert.Equal(email.TextBody, mail.GetProperty("text").GetString());
        Assert.Equal(email.HtmlBody, mail.GetProperty("html").GetString());
        await service.AuditedAsync(queue.Organisation, 1);
        Assert.False(await queue.Desk(queue.Https).SendNextAsync(Cancelled));
    }

    [Theory]
    [InlineData("e429", "http-429", false)]
    [InlineData("e500", "http-500", true)]
    [InlineData("accept500", "http-500", true)]
    [InlineData("acceptReset", "connection-lost", true)]
    [InlineData("reset", "connection-lost", true)]
    public async Task Email_ThatFails_IsTriedAgainAndThereOnce(string fault, string problem, bool maybeTaken)
    {
        await using var queue = World();
        await queue.QueueAsync("cause-1");
        await world.FaultAsync(fault, calls: 1);

        await queue.Desk(queue.Https).SendNextAsync(Cancelled);
        var failed = await queue.EmailAsync();
        Assert.False(await queue.Desk(queue.Https).SendNextAsync(Cancelled));
        await queue.WaitForNextAttemptAsync();
        await queue.Desk(queue.Https).SendNextAsync(Cancelled);

        Assert.Equal((EmailState.Waiting, problem, maybeTaken), (failed.State, failed.Problem, failed.MaybeTaken));
        Assert.InRange(failed.DueAt - failed.CreatedAt, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(13));
        var email = await queue.EmailAsync();
        Assert.Equal((EmailState.Sent, 2, null), (email.State, email.Attempts, email.Problem));
        await MailAsync(email);
    }

    [Fact]
    public async Task Email_WhoseAnswerDoesNotCome_EndsItsAttemptAndIsThereOnce()
    {
        await using var queue = World();
        await queue.QueueAsync("cause-1");
        await world.FaultAsync("acceptHang", calls: 1);

        var sending = queue.Desk(queue.Https).SendNextAsync(Cancelled);
        await Eventually.TrueAsync(
            async () => (await MailsAsync(await queue.EmailAsync())).Length == 1, "the mail", Cancelled);
        queue.Clock.Advance(queue.Options.Value.Timeout);
        await sending;

        Assert.Equal("timeout", (await queue.EmailAsync()).Problem);
        await queue.WaitForNextAttemptAsync();
        await queue.Desk(queue.Https).SendNextAsync(Cancelled);
        var email = await queue.EmailAsync();
        Assert.Equal(EmailState.Sent, email.State);
        Assert.Equal(2, (await MailAsync(email)).GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Email_SentByAProcessThatDiedBeforeWritingItDown_IsThereOnce()
    {
        await using var queue = World();
        await queue.QueueAsync("cause-1");

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => queue.Desk(new FakeDyingSender(queue.Https)).SendNextAsync(Cancelled));
        Assert.False(await queue.Desk(queue.Https).SendNextAsync(Cancelled));
        queue.Clock.Advance(EmailQueueWorld.Lease);
        Assert.True(await queue.Desk(queue.Https).SendNextAsync(Cancelled));

        var email = await queue.EmailAsync();
        Assert.Equal((EmailState.Sent, 2), (email.State, email.Attempts));
        Assert.Equal(2, (await MailAsync(email)).GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Email_OfAServiceThatIsAway_WaitsLongerEachTimeAndIsGivenUpAsFailed()
    {
        await using var queue = new EmailQueueWorld(service);
        await queue.QueueAsync("cause-1");
        var waits = new List<TimeSpan>();

        while ((await queue.EmailAsync()).State == EmailState.Waiting)
        {
            var before = queue.Clock.GetUtcNow();
            await queue.Desk(queue.Https).SendNextAsync(Cancelled);
            waits.Add((await queue.EmailAsync()).DueAt - before);
            await queue.WaitForNextAttemptAsync();
        }

        var email = await queue.EmailAsync();
        Assert.Equal((EmailState.Failed, "unreachable"), (email.State, email.Problem));
        Assert.True(email.EndedAt - email.FirstAttemptAt <= queue.Options.Value.GiveUpAfter);
        Assert.True(waits[1] < waits[4] && waits[4] < waits[8]);
        Assert.All(waits, wait => Assert.True(wait <= queue.Options.Value.MaxRetryDelay * 1.25));
        await service.AuditedAsync(queue.Organisation, 1);
        var audited = Assert.IsType<AuditPage>(await service.AskAsync(new ListAudit(queue.Organisation, null, 10)));
        Assert.Equal((nameof(EmailFailed), "Error", "unreachable"), (audited.Items[0].Event, audited.Items[0].Severity, audited.Items[0].Reason));
    }

    [Fact]
    public async Task Email_ThatMayHaveBeenTaken_IsNotRepeatedOnceItsKeyMayBeForgotten()
    {
        await using var queue = World();
        await queue.QueueAsync("cause-1");
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => queue.Desk(new FakeDyingSender(queue.Https)).SendNextAsync(Cancelled));

        queue.Clock.Advance(TimeSpan.FromHours(30));
        await queue.Desk(queue.Https).SendNextAsync(Cancelled);

        var email = await queue.EmailAsync();
        Assert.Equal((EmailState.Unknown, "interrupted"), (email.State, email.Problem));
        Assert.Equal(1, (await MailAsync(email)).GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Emails_OfManyDesksAtOnce_AreSentOnceEach()
    {
        await using var queue = World();
        for (var index = 0; index < 20; index++)
        {
            await queue.QueueAsync($"cause-{index}", sitter: $"Sitter {queue.Organisation} {index}");
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            async () =>
            {
                while (await queue.Desk(queue.Https).SendNextAsync(Cancelled))
                {
                    // Until nothing is left.
                }
            },
            Cancelled)));

        var mails = (await world.MailsAsync())
            .Where(mail => mail.GetProperty("subject").GetString()!.Contains($"{queue.Organisation}", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(20, mails.Select(mail => mail.GetProperty("subject").GetString()).Distinct().Count());
        Assert.All(mails, mail => Assert.Equal(1, mail.GetProperty("requests").GetInt32()));
        Assert.Equal(20, mails.Length);
    }

    [Fact]
    public async Task Email_OfOneCause_IsQueuedOnce()
    {
        await using var queue = World();

        Assert.True(await queue.QueueAsync("cause-1"));
        Assert.False(await queue.QueueAsync("cause-1"));

        await queue.EmailAsync();
    }

    [Fact]
    public async Task Email_WithALimit_IsQueuedOnceInAWhile()
    {
        await using var queue = World();
        var limit = new EmailLimit("systemic", TimeSpan.FromHours(24));

        var queued = new List<bool> { await queue.QueueAsync("1", limit), await queue.QueueAsync("2", limit) };
        queue.Clock.Advance(TimeSpan.FromHours(23));
        queued.Add(await queue.QueueAsync("3", limit));
        queued.Add(await queue.QueueAsync("4", new EmailLimit("another", TimeSpan.FromHours(24))));
        queue.Clock.Advance(TimeSpan.FromHours(1));
        queued.Add(await queue.QueueAsync("5", limit));

        Assert.Equal([true, false, false, true, true], queued);
    }

    private EmailQueueWorld World() => new(service, world.Simulator.BaseAddress);

    private async Task<JsonElement[]> MailsAsync(QueuedEmail email) =>
        [.. (await world.MailsAsync()).Where(mail => mail.GetProperty("idempotencyKey").GetString() == EmailWorld.KeyOf(email.Id))];

    private async Task<JsonElement> MailAsync(QueuedEmail email) => Assert.Single(await MailsAsync(email));
}
