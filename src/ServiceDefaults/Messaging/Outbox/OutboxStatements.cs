using Npgsql;
using NpgsqlTypes;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>Writes outbox rows in one statement, for transactions that do not go through EF Core.</summary>
public static class OutboxStatements
{
    /// <summary>
    /// Adds rows in the transaction that is open on <paramref name="connection"/>. Call <see cref="OutboxSignal"/>.Wake
    /// after the commit.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="schema">The schema that the service owns.</param>
    /// <param name="messages">What to publish, in this order; none is fine.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        string schema,
        IReadOnlyList<OutboxMessage> messages,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            $"""
            INSERT INTO {schema}.outbox (id, type, body, trace_parent, due_at)
            SELECT * FROM unnest(@ids, @types, @bodies, @traces, @dues)
            """,
            connection);
        Add(command, "ids", NpgsqlDbType.Uuid, messages.Select(message => message.Id).ToArray());
        Add(command, "types", NpgsqlDbType.Text, messages.Select(message => message.Type).ToArray());
        Add(command, "bodies", NpgsqlDbType.Text, messages.Select(message => message.Body).ToArray());
        Add(command, "traces", NpgsqlDbType.Text, messages.Select(message => message.TraceParent).ToArray());
        Add(command, "dues", NpgsqlDbType.TimestampTz, messages.Select(message => message.DueAt).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, T[] values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = values });
}
