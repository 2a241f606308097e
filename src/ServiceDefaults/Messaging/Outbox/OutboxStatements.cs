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

        await using var batch = new NpgsqlBatch(connection);
        Add(batch, schema, messages);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Runs the statements of <paramref name="batch"/>, adds outbox rows and commits, all in one round trip. Call
    /// <see cref="OutboxSignal"/>.Wake afterwards.
    /// </summary>
    /// <param name="batch">Statements of a connection that has a transaction open; none is fine.</param>
    /// <param name="schema">The schema that the service owns.</param>
    /// <param name="messages">What to publish, in this order; none is fine.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    /// <exception cref="NpgsqlException">Nothing of the transaction was committed, or the connection broke on the way.</exception>
    public static async Task CommitAsync(
        NpgsqlBatch batch,
        string schema,
        IReadOnlyList<OutboxMessage> messages,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(messages);
        Add(batch, schema, messages);

        // When a statement fails, PostgreSQL skips those behind it: a COMMIT that is reached commits everything.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds the statement that adds rows to a batch. Call <see cref="OutboxSignal"/>.Wake after the commit.</summary>
    /// <param name="batch">The statements of a transaction.</param>
    /// <param name="schema">The schema that the service owns.</param>
    /// <param name="messages">What to publish, in this order; none adds no statement.</param>
    public static void Add(NpgsqlBatch batch, string schema, IReadOnlyList<OutboxMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
        {
            return;
        }

        var command = new NpgsqlBatchCommand(
            $"INSERT INTO {schema}.outbox (id, type, body, trace_parent, due_at) SELECT * FROM unnest($1, $2, $3, $4, $5)");
        Add(command, NpgsqlDbType.Uuid, messages.Select(message => message.Id).ToArray());
        Add(command, NpgsqlDbType.Text, messages.Select(message => message.Type).ToArray());
        Add(command, NpgsqlDbType.Text, messages.Select(message => message.Body).ToArray());
        Add(command, NpgsqlDbType.Text, messages.Select(message => message.TraceParent).ToArray());
        Add(command, NpgsqlDbType.TimestampTz, messages.Select(message => message.DueAt).ToArray());
        batch.BatchCommands.Add(command);
    }

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, T[] values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
}
