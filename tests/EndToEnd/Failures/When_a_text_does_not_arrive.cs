using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Crashes;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Failures;

/// <summary>
/// The product's third test, with two gateways and two AlertServices: a temporary failure gives one retry, a permanent one
/// the sitter's alert, many of them one e-mail.
/// </summary>
public sealed class When_a_text_does_not_arrive(ProductSystem product, SecondAlertService second) :
    IClassFixture<SecondAlertService>,
    IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await product.Simulator.ClearFaultsAsync();

    [Fact]
    public async Task Should_be_sent_once_more_and_then_be_told_to_the_sitter_when_that_fails_as_well()
    {
        using var business = await FailingBusiness.OpenAsync(product, clients: 1);
        var thread = business.Threads[0];
        await business.CannotReachAsync(thread, 30003, texts: 2);

        await business.WriteAsync(thread, "see you at five");

        await business.AuditedAsync(thread, "MessageFailed", "MessageRetried", "MessageFailed", "SitterAlerted");
        await NothingIsLeftAsync();
        var sent = await business.SentToAsync(thread);
        Assert.Equal((2, sent[0].Body, sent[0].From), (sent.Count, sent[1].Body, sent[1].From));
        var alert = Assert.Single(await business.AlertsAsync());
        Assert.Equal(thread.PoolNumber, alert.From);
        Assert.Contains(thread.Client.Name, alert.Body, StringComparison.Ordinal);
        Assert.True(await Until.ReadAsync<bool>(product, $"""
            SELECT retry.created_at >= failed.occurred_at + interval '{ServiceSettings.RetryDelay}'
            FROM gateway.outbound retry JOIN alerts.failures failed ON failed.message_id = retry.retry_of
            WHERE retry.organisation_id = '{business.Id}'
            """));
    }

    [Fact]
    public async Task Should_be_sent_once_more_and_told_to_nobody_when_that_arrives()
    {
        using var business = await FailingBusiness.OpenAsync(product, clients: 1);
        var thread = business.Threads[0];
        await business.CannotReachAsync(thread, 30003, texts: 1);

        await business.WriteAsync(thread, "see you at six");

        await business.AuditedAsync(thread, "MessageFailed", "MessageRetried");
        var retry = await business.LastInLogAsync(thread, "delivered");
        Assert.NotNull(retry.RetryOf);
        await NothingIsLeftAsync();
        Assert.Equal(2, (await business.SentToAsync(thread)).Count);
        Assert.Empty(await business.AlertsAsync());
    }

    [Fact]
    public async Task Should_be_told_at_once_and_not_be_sent_again_when_it_was_filtered()
    {
        using var business = await FailingBusiness.OpenAsync(product, clients: 1);
        var thread = business.Threads[0];
        await business.CannotReachAsync(thread, 30007, texts: 1);

        await business.WriteAsync(thread, "see you at seven");

        await business.AuditedAsync(thread, "MessageFailed", "SitterAlerted");
        await NothingIsLeftAsync();
        Assert.Single(await business.SentToAsync(thread));
        Assert.Single(await business.AlertsAsync());
        Assert.Equal(0, await Until.ReadAsync<long>(
            product, $"SELECT count(*) FROM alerts.retries WHERE organisation_id = '{business.Id}'"));
    }

    [Fact]
    public async Task Should_give_the_owner_one_summary_from_the_sixth_on_and_the_sitter_five_alerts()
    {
        using var business = await FailingBusiness.OpenAsync(product, clients: 7);
        foreach (var (index, thread) in business.Threads.Index())
        {
            await business.CannotReachAsync(thread, 30007, texts: 1);
            await business.WriteAsync(thread, "see you at eight");
            await business.FailuresAsync(index + 1);
            Assert.Equal(index < 5 ? 0 : 1, await Until.ReadAsync<long>(
                product,
                $"SELECT count(*) FROM alerts.emails WHERE organisation_id = '{business.Id}' AND template = 'systemic-failures'"));
        }

        await NothingIsLeftAsync();
        await Until.TrueAsync(async () => (await SummariesAsync(business)).Count > 0, "the summary in the owner's mailbox");
        var summary = Assert.Single(await SummariesAsync(business));
        Assert.Equal("6 texts failed within 24 hours", summary.Subject);
        Assert.Equal([ServiceSettings.OwnerAddress], summary.To);
        Assert.Equal(5, (await business.AlertsAsync()).Count);
    }

    /// <summary>What a step brought about is known to a process, but not to the database, when both of its kind are killed.</summary>
    [Theory]
    [InlineData("alerts.retries", "UPDATE", "NEW.state = 'Ordered'")]
    [InlineData("gateway.outbound", "INSERT", "NEW.retry_of IS NOT NULL")]
    [InlineData("gateway.outbound", "UPDATE", "NEW.retry_of IS NOT NULL AND NEW.state >= 3 AND OLD.state < 3")]
    public async Task Should_be_sent_exactly_once_more_when_killed_before_it_is_recorded(
        string table, string change, string condition)
    {
        using var business = await FailingBusiness.OpenAsync(product, clients: 1);
        var thread = business.Threads[0];
        await business.CannotReachAsync(thread, 30003, texts: 1);
        await using (var held = await HeldCommits.OfAsync(
            product, $"{change} ON {table}", $"NEW.organisation_id = '{business.Id}' AND {condition}"))
        {
            await business.WriteAsync(thread, "see you at nine");
            await held.WaitForOneAsync();
            await Task.WhenAll(ServicesOf(table).Select(process => process.KillAsync()));
        }

        await Task.WhenAll(
            ServicesOf(table).Select(process => process.StartAsync(TestContext.Current.CancellationToken)));

        await business.AuditedAsync(thread, "MessageFailed", "MessageRetried");
        await NothingIsLeftAsync();
        Assert.NotNull((await business.LastInLogAsync(thread, "sent", "delivered")).RetryOf);
        Assert.Equal(2, (await business.SentToAsync(thread)).Count);
        Assert.Empty(await business.AlertsAsync());
    }

    private IReadOnlyList<ServiceProcess> ServicesOf(string table) =>
        table.StartsWith("gateway.", StringComparison.Ordinal) ? product.Gateways : [product.Services[0], second.Process];

    private async Task<List<SimulatedMail>> SummariesAsync(FailingBusiness business) =>
        [.. (await product.Simulator.MailsAsync()).Where(mail =>
            mail.Subject.Contains("texts failed", StringComparison.Ordinal)
            && mail.Text.Contains(business.SittersName, StringComparison.Ordinal))];

    private async Task NothingIsLeftAsync()
    {
        await Judge.DrainedAsync(product);
        await Judge.QueuesAreEmptyAsync(product);
        Assert.Equal([], product.Output.Leaks);
    }
}
