namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>The tables that outbox and inbox need in a service's schema.</summary>
public static class OutboxSchema
{
    /// <summary>SQL for a service's first migration.</summary>
    /// <param name="schema">The schema that the service owns.</param>
    public static string CreateSql(string schema) => $"""
        CREATE TABLE {schema}.outbox (
            id uuid PRIMARY KEY,
            sequence bigint GENERATED ALWAYS AS IDENTITY,
            type text NOT NULL,
            body text NOT NULL,
            trace_parent text,
            due_at timestamptz NOT NULL,
            attempts integer NOT NULL DEFAULT 0
        );
        CREATE INDEX outbox_order ON {schema}.outbox (sequence);
        CREATE TABLE {schema}.inbox (
            id uuid NOT NULL,
            consumer text NOT NULL,
            received_at timestamptz NOT NULL,
            PRIMARY KEY (id, consumer)
        );
        """;
}
