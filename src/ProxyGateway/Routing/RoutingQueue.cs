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
