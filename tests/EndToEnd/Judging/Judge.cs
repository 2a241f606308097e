using System.Text.RegularExpressions;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Judging;

/// <summary>
/// The total-queue check: what was answered 2xx reached the provider exactly once, nothing else did, and nothing is left
/// anywhere.
/// </summary>
internal static partial class Judge
{
    private const string Unfinished = """
        SELECT 'inbound ' || count(*) FROM gateway.inbound WHERE state IN (0, 2) HAVING count(*) > 0
        UNION ALL SELECT 'outbound in state ' || state || ': ' || count(*) FROM gateway.outbound WHERE state < 3 GROUP BY state
        UNION ALL SELECT 'gateway outbox: ' || type || ' ' || count(*) FROM gateway.outbox GROUP BY type
        UNION ALL SELECT 'alerts outbox: ' || type || ' ' || count(*) FROM alerts.outbox GROUP BY type
        UNION ALL SELECT 'numbers outbox: ' || type || ' ' || count(*) FROM numbers.outbox GROUP BY type
        UNION ALL SELECT 'sync outbox: ' || type || ' ' || count(*) FROM sync.outbox GROUP BY type
        """;

    /// <summary>Waits until the product has nothing left to do.</summary>
    /// <exception cref="TimeoutException">It still has; the message says what.</exception>
    public static Task DrainedAsync(ProductSystem product) =>
        Until.TrueAsync(
            async () => (await UnfinishedAsync(product)) is { Count: 0 },
            async () => $"the product to be done; left: {string.Join(", ", await UnfinishedAsync(product) ?? ["no database"])}");

    /// <summary>Waits for the end, then holds what the provider got against what was answered.</summary>
    public static async Task ExactlyOnceAsync(ProductSystem product, Driver driver)
    {
        await DrainedAsync(product);
        var relayed = await RelayedAsync(product, driver);
        var acknowledged = driver.Acknowledged;

        await NoneAsync(product, "lost", [.. acknowledged.Except(relayed.Select(text => text.Id))]);
        await NoneAsync(
            product, "sent more than once", [.. relayed.CountBy(text => text.Id).Where(text => text.Value > 1).Select(text => text.Key)]);
        Assert.Equal([], relayed.Select(text => text.Id).Except(driver.Sent.Keys));
        Assert.All(relayed, text => Assert.Equal(driver.Sent[text.Id].Receiver, text.Message.To));
        await QueuesAreEmptyAsync(product);
        await AuditedOnceAsync(product, driver);
        Assert.Equal([], product.Output.Leaks);
    }

    private static async Task NoneAsync(ProductSystem product, string what, IReadOnlyList<string> ids) =>
        Assert.True(ids.Count == 0, ids.Count == 0 ? "" : $"{ids.Count} {what}: {await Story.TellAsync(product, ids)}");

    // What the gateway committed together with a send reached another service, once.
    private static Task AuditedOnceAsync(ProductSystem product, Driver driver) =>
        Until.QueryAsync(
            product,
            $"""
            SELECT count(*) = 0 FROM gateway.outbound text
            LEFT JOIN (SELECT message_id, count(*) AS times FROM alerts.audit WHERE event = 'MessageSent' GROUP BY message_id) AS line
                ON line.message_id = text.id
            WHERE text.body LIKE '%#{driver.Run}-%' AND coalesce(line.times, 0) <> 1
            """,
            "one line in the audit log for each text that was sent");

    /// <summary>Checks that no queue holds a message, dead letters and errors included, but for the expected ones.</summary>
    public static async Task QueuesAreEmptyAsync(ProductSystem product, params string[] expected) =>
        await Until.TrueAsync(
            async () => (await Queues.WithMessagesAsync(product)).Keys.Except(expected).ToList() is { Count: 0 },
            async () => $"empty queues; not empty: {string.Join(", ", await Queues.WithMessagesAsync(product))}");

    /// <summary>What the provider accepted of a run, in order.</summary>
    public static async Task<IReadOnlyList<(string Id, SimulatedMessage Message)>> RelayedAsync(
        ProductSystem product, Driver driver) =>
        [.. (await product.Simulator.AcceptedAsync($"#{driver.Run}-")).Select(message => (IdIn().Match(message.Body).Value, message))];

    private static async Task<List<string>?> UnfinishedAsync(ProductSystem product)
    {
        try
        {
            await using var command = product.Database.CreateCommand(Unfinished);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var left = new List<string>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                left.Add(reader.GetString(0));
            }

            return left;
        }
        catch (Npgsql.NpgsqlException failure) when (failure.IsTransient)
        {
            return null;
        }
    }

    [GeneratedRegex("#[a-z0-9-]+#")]
    private static partial Regex IdIn();
}
