using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Reads the texts of some conversations that wait for a decision, in the order of their arrival.</summary>
internal static class WaitingTexts
{
    private const string Statement = """
        SELECT id, from_address, to_address, body, media, state, trace_parent, received_at, decide_by,
            reason, payload->>'OptOutType'
        FROM gateway.inbound
        WHERE conversation = ANY(@keys) AND state IN (0, 2) ORDER BY sequence
        """;

    /// <summary>Locks the conversations until the transaction ends, then reads their texts.</summary>
    public static async Task<List<WaitingText>> LockAndReadAsync(
        NpgsqlConnection connection,
        long[] conversations,
        CancellationToken cancellationToken)
    {
        var waiting = new NpgsqlBatchCommand(Statement);
        waiting.Parameters.AddColumn("keys", NpgsqlDbType.Bigint, conversations);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { ConversationLock.Command(conversations), waiting },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var texts = new List<WaitingText>();
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(new WaitingText(
                new MessageId(reader.GetGuid(0)),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetFieldValue<string[]>(4),
                (InboundState)reader.GetInt16(5),
                reader.Nullable<string>(6),
                reader.GetFieldValue<DateTimeOffset>(7),
                reader.Nullable<DateTimeOffset?>(8),
                reader.Nullable<string>(9),
                reader.Nullable<string>(10)));
        }

        return texts;
    }
}
