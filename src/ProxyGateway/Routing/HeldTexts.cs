using Npgsql;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Has texts routed again that wait for something: a pool number, or a command that got lost.</summary>
internal static class HeldTexts
{
    private const string QueueHeld = """
        INSERT INTO gateway.outbox (id, type, body, due_at)
        SELECT @message, 'RouteConversations', json_build_object('conversations', json_agg(DISTINCT conversation))::text, @now
        FROM gateway.inbound WHERE state = 2 AND organisation_id = @organisation
        HAVING count(*) > 0
        """;

    private const string QueueForgotten = """
        INSERT INTO gateway.outbox (id, type, body, due_at)
        SELECT @message, 'RouteConversations', json_build_object('conversations', json_agg(DISTINCT conversation))::text, @now
        FROM (SELECT conversation FROM gateway.inbound WHERE state = 0 AND received_at < @before LIMIT 1000) AS forgotten
        HAVING count(*) > 0
        """;

    /// <summary>Call in the transaction that freed or added a pool number.</summary>
    public static async Task QueueAsync(
        NpgsqlConnection connection,
        OrganisationId organisation,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(QueueHeld, connection);
        command.Parameters.AddWithValue("message", Guid.CreateVersion7(now));
        command.Parameters.AddWithValue("organisation", organisation.Value);
        command.Parameters.AddWithValue("now", now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Queues texts that nobody has decided on for longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> QueueForgottenAsync(
        NpgsqlConnection connection,
        TimeSpan patience,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(QueueForgotten, connection);
        command.Parameters.AddWithValue("message", Guid.CreateVersion7(now));
        command.Parameters.AddWithValue("before", now - patience);
        command.Parameters.AddWithValue("now", now);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
