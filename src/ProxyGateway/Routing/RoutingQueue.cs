using Npgsql;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// Has conversations routed: one command for all that a statement finds, and none when it finds nothing. Between the two parts
/// stands where the statement finds them, with a column <c>conversation</c>.
/// </summary>
internal static class RoutingQueue
{
    public const string Add = $"""
        INSERT INTO gateway.outbox (id, type, body, due_at)
        SELECT @message, '{nameof(RouteConversations)}',
            json_build_object('conversations', json_agg(DISTINCT conversation))::text, @now
        """;

    public const string IfAny = "HAVING count(*) > 0";

    /// <summary>
    /// Stands behind the condition for undecided texts that ought to have been decided on, closes it, and queues them. Each
    /// waits twice as long for the next time, up to six hours: what can never be routed ends among the dead letters each time.
    /// </summary>
    public const string RemindOf = $"""
                AND (remind_at IS NULL OR remind_at <= @now)
                ORDER BY received_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
            RETURNING conversation
        )
        {Add}
        FROM reminded {IfAny}
        """;

    /// <summary>Stands before that condition.</summary>
    public const string Remind = """
        WITH reminded AS (
            UPDATE gateway.inbound SET reminders = reminders + 1,
                remind_at = @now + least(interval '1 minute' * power(2, least(reminders, 9)), interval '6 hours')
            WHERE id IN (SELECT id FROM gateway.inbound WHERE state = 0
        """;

    /// <summary>Gives a statement its command's id and time.</summary>
    public static void AddMessage(NpgsqlCommand command, DateTimeOffset now)
    {
        command.Parameters.AddWithValue("message", Guid.CreateVersion7(now));
        command.Parameters.AddWithValue("now", now);
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> AddAsync(NpgsqlCommand command, DateTimeOffset now, CancellationToken cancellationToken)
    {
        AddMessage(command, now);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
