using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>SMTP does not know an e-mail again: one that may have been taken is never sent a second time.</summary>
[Collection("e-mail queue")]
public sealed class SmtpDeliveryTests(AlertServiceFixture service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Email_ThatIsTaken_HasBothFormsAndOneSubject()
    {
        await using var server = new FakeSmtpServer(SmtpManners.Takes);
        await using var queue = new EmailQueueWorld(service, smtpPort: server.Port);
        await queue.QueueAsync("cause-1", sitter: "Zoë\r\nBcc: all@example.com");

        await queue.Desk(queue.Smtp).SendNextAsync(Cancelled);

        var email = await queue.EmailAsync();
        Assert.Equal(EmailState.Sent, email.State);
        var mail = Assert.Single(server.Mails);
        var parts = FakeSmtpServer.Parts(mail);
        Assert.Equal([email.TextBody, email.HtmlBody], parts.Select(part => part.ReplaceLineEndings("\n")));
        var heads = mail.Split("\n\n")[0].Split('\n');
        Assert.DoesNotContain(heads, head => head.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"Message-ID: <{email.Id:N}@example.com>", heads);
        Assert.Single(heads, head => head.StartsWith("Subject:", StringComparison.Ordinal));
        Assert.Contains("To: owner@example.com", heads);
    }

    [Theory]
    [InlineData(nameof(SmtpManners.RefusesReceiver), "smtp-550")]
    [InlineData(nameof(SmtpManners.RefusesContent), "smtp-451")]
    public async Task Email_ThatIsRefused_IsTriedAgain(string manners, string problem)
    {
        await using var server = new FakeSmtpServer(Enum.Parse<SmtpManners>(manners));
        await using var queue = new EmailQueueWorld(service, smtpPort: server.Port);
        await queue.QueueAsync("cause-1");

        await queue.Desk(queue.Smtp).SendNextAsync(Cancelled);
        var refused = await queue.EmailAsync();
        server.Manners = SmtpManners.Takes;
        await queue.WaitForNextAttemptAsync();
        await queue.Desk(queue.Smtp).SendNextAsync(Cancelled);

        Assert.Equal((EmailState.Waiting, problem, false), (refused.State, refused.Problem, refused.MaybeTaken));
        Assert.Equal((EmailState.Sent, 2), ((await queue.EmailAsync()).State, (await queue.EmailAsync()).Attempts));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Email_WhoseConnectionIsLostAfterData_IsUnknownAndNotSentAgain()
    {
        await using var server = new FakeSmtpServer(SmtpManners.TakesAndCuts);
        await using var queue = new EmailQueueWorld(service, smtpPort: server.Port);
        await queue.QueueAsync("cause-1");

        await queue.Desk(queue.Smtp).SendNextAsync(Cancelled);
        queue.Clock.Advance(TimeSpan.FromHours(1));

        Assert.False(await queue.Desk(queue.Smtp).SendNextAsync(Cancelled));
        Assert.Equal((EmailState.Unknown, "connection-lost"), ((await queue.EmailAsync()).State, (await queue.EmailAsync()).Problem));
        Assert.Single(server.Mails);
        await service.AuditedAsync(queue.Organisation, 1);
    }

    [Fact]
    public async Task Email_WhoseAnswerDoesNotCome_IsUnknownAndNotSentAgain()
    {
        await using var server = new FakeSmtpServer(SmtpManners.TakesAndHangs);
        await using var queue = new EmailQueueWorld(service, smtpPort: server.Port);
        await queue.QueueAsync("cause-1");

        var sending = queue.Desk(queue.Smtp).SendNextAsync(Cancelled);
        await Eventually.TrueAsync(() => Task.FromResult(server.Mails.Count == 1), "the mail", Cancelled);
        queue.Clock.Advance(queue.Options.Value.Timeout);
        await sending;

        Assert.Equal((EmailState.Unknown, "timeout"), ((await queue.EmailAsync()).State, (await queue.EmailAsync()).Problem));
    }

    [Fact]
    public async Task Email_SentByAProcessThatDiedBeforeWritingItDown_IsUnknownAndThereOnce()
    {
        await using var server = new FakeSmtpServer(SmtpManners.Takes);
        await using var queue = new EmailQueueWorld(service, smtpPort: server.Port);
        await queue.QueueAsync("cause-1");

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => queue.Desk(new FakeDyingSender(queue.Smtp)).SendNextAsync(Cancelled));
        queue.Clock.Advance(EmailQueueWorld.Lease);
        await queue.Desk(queue.Smtp).SendNextAsync(Cancelled);

        Assert.Equal((EmailState.Unknown, "interrupted"), ((await queue.EmailAsync()).State, (await queue.EmailAsync()).Problem));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Email_ToAServerThatIsAway_IsTriedAgain()
    {
        await using var queue = new EmailQueueWorld(service, smtpPort: 1);
        await queue.QueueAsync("cause-1");

        await queue.Desk(queue.Smtp).SendNextAsync(Cancelled);

        Assert.Equal((EmailState.Waiting, "unreachable"), ((await queue.EmailAsync()).State, (await queue.EmailAsync()).Problem));
    }

    [Fact]
    public async Task Email_ToAServerThatDoesNotGreet_IsTriedAgain()
    {
        await using var server = new FakeSmtpServer(SmtpManners.Silent);
        await using var queue = new EmailQueueWorld(service, smtpPort: server.Port);
        await queue.QueueAsync("cause-1");

        var sending = queue.Desk(queue.Smtp).SendNextAsync(Cancelled);
        await Eventually.TrueAsync(() => Task.FromResult(queue.Clock.WaitingTimers > 0), "the attempt", Cancelled);
        queue.Clock.Advance(queue.Options.Value.Timeout);
        await sending;

        Assert.Equal((EmailState.Waiting, "unreachable"), ((await queue.EmailAsync()).State, (await queue.EmailAsync()).Problem));
    }
}
