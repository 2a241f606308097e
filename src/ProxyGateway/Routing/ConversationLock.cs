using Npgsql;
using NpgsqlTypes;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// Keeps a conversation's texts in order whatever the number of workers: who routes a conversation holds its lock until the
/// commit, and finds the texts in their stored order.
/// </summary>
internal static class ConversationLock
{
    // Always taken in ascending order, so that two transactions cannot wait for each other in a circle.
    private const string Statement = """
        SELECT pg_advisory_xact_lock(conversation)
        FROM (SELECT DISTINCT conversation FROM unnest(@keys) AS conversation ORDER BY conversation) AS ordered
        """;

    public static async Task TakeAsync(NpgsqlConnection connection, long[] conversations, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statement, connection);
        command.Parameters.AddColumn("keys", NpgsqlDbType.Bigint, conversations);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
