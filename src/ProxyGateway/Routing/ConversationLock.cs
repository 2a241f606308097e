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

    /// <summary>Takes the locks; a statement behind it sees what their last holders committed.</summary>
    public static NpgsqlBatchCommand Command(long[] conversations)
    {
        var command = new NpgsqlBatchCommand(Statement);
        command.Parameters.AddColumn("keys", NpgsqlDbType.Bigint, conversations);
        return command;
    }
}
