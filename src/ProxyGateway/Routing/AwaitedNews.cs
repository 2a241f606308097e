using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// Texts that nobody can be found for wait a while, undecided, for news that are still on their way: a number bought, a sitter
/// added or her phone changed a moment ago. They are routed again when news come that concern them, and for the last time when
/// they have waited long enough (docs/adr/0016).
/// </summary>
internal static class AwaitedNews
{
    private const string Await = """
        UPDATE gateway.inbound text SET decide_by = awaiting.until, reason = awaiting.reason
        FROM unnest(@ids, @reasons, @untils) AS awaiting(id, reason, until)
        WHERE text.id = awaiting.id AND text.state = 0 AND text.decide_by IS NULL
        """;

    private const string Queue = $"""
        {RoutingQueue.Add}
        FROM gateway.inbound WHERE state = 0 AND decide_by IS NOT NULL
            AND (to_address = @number OR from_address = @sender
                OR to_address IN (SELECT number FROM gateway.numbers WHERE sitter_id = @sitter))
        {RoutingQueue.IfAny}
        """;

    private const string QueueDue = $"""
        {RoutingQueue.Remind} AND decide_by <= @now
        {RoutingQueue.RemindOf}
        """;

    /// <summary>Has texts wait; one that waits already does not wait longer for it.</summary>
    public static NpgsqlBatchCommand AwaitCommand(IReadOnlyList<AwaitingText> texts)
    {
        var command = new NpgsqlBatchCommand(Await);
        command.Parameters.AddColumn("ids", NpgsqlDbType.Uuid, texts, text => text.Id.Value);
        command.Parameters.AddColumn("reasons", NpgsqlDbType.Text, texts, text => text.Reason);
        command.Parameters.AddColumn("untils", NpgsqlDbType.TimestampTz, texts, text => text.Until);
        return command;
    }

    /// <summary>
    /// Queues the texts that wait for what was just committed. Never in the transaction that stores the news: a router that
    /// does not see them yet looks again once it has let a text wait, and either it then finds the news, or this the text.
    /// </summary>
    public static async Task QueueAsync(
        NpgsqlDataSource database,
        E164Number? number,
        SitterId? sitter,
        E164Number? sender,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Queue);
        command.Parameters.AddWithValue("number", NpgsqlDbType.Text, (object?)number?.Reveal() ?? DBNull.Value);
        command.Parameters.AddWithValue("sitter", NpgsqlDbType.Uuid, (object?)sitter?.Value ?? DBNull.Value);
        command.Parameters.AddWithValue("sender", NpgsqlDbType.Text, (object?)sender?.Reveal() ?? DBNull.Value);
        await RoutingQueue.AddAsync(command, now, cancellationToken);
    }

    /// <summary>Queues the texts that have waited long enough.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> QueueDueAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(QueueDue, connection);
        return await RoutingQueue.AddAsync(command, now, cancellationToken);
    }
}

/// <summary>A text that waits for news, why nobody could be found for it, and until when.</summary>
internal sealed record AwaitingText(MessageId Id, string Reason, DateTimeOffset Until);
