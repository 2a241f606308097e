using Npgsql;
using NpgsqlTypes;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Writes many lines with one statement: thousands of events a second cost a few statements.</summary>
internal sealed class AuditLog(NpgsqlDataSource database)
{
    private const string Insert = """
        INSERT INTO alerts.audit (
            id, organisation_id, event, category, severity, reason,
            sitter_id, client_id, number_id, session_id, message_id, api_key_id, details, occurred_at,
            recorded_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>Adds the lines; those that are there already stay as they are.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Insert);
        Add(NpgsqlDbType.Uuid, record => record.Id);
        Add(NpgsqlDbType.Uuid, record => record.OrganisationId.Value);
        Add(NpgsqlDbType.Text, record => record.Event);
        Add(NpgsqlDbType.Text, record => record.Category);
        Add(NpgsqlDbType.Text, record => record.Severity);
        Add(NpgsqlDbType.Text, record => record.Reason);
        Add(NpgsqlDbType.Uuid, record => record.SitterId?.Value);
        Add(NpgsqlDbType.Uuid, record => record.ClientId?.Value);
        Add(NpgsqlDbType.Uuid, record => record.NumberId?.Value);
        Add(NpgsqlDbType.Uuid, record => record.SessionId?.Value);
        Add(NpgsqlDbType.Uuid, record => record.MessageId?.Value);
        Add(NpgsqlDbType.Uuid, record => record.ApiKeyId?.Value);
        Add(NpgsqlDbType.Text, record => record.Details);
        Add(NpgsqlDbType.TimestampTz, record => record.OccurredAt.UtcDateTime);
        Add(NpgsqlDbType.TimestampTz, record => record.RecordedAt.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<AuditRecord, T> column) =>
            command.Parameters.Add(new NpgsqlParameter<T[]>
            {
                NpgsqlDbType = NpgsqlDbType.Array | type,
                TypedValue = [.. records.Select(column)],
            });
    }
}
