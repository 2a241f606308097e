using Npgsql;
using NpgsqlTypes;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Status;

/// <summary>
/// Finds reports that came before the record of the send that they are about, and did not name the text: only Twilio's id
/// tells whose they are, and that was not known yet.
/// </summary>
internal sealed class EarlyReports(NpgsqlDataSource database, StatusWriter writer)
{
    private const string Columns =
        "report.provider_sid, report.status, report.error_code, report.payload, report.received_at";

    private const string Kept = $"""
        SELECT {Columns}
        FROM gateway.status_events report JOIN gateway.outbound text ON text.provider_sid = report.provider_sid
        WHERE report.provider_sid = ANY(@sids) AND report.message_id IS DISTINCT FROM text.id
        """;

    private const string Forgotten = $"""
        SELECT {Columns}
        FROM gateway.status_events report JOIN gateway.outbound text ON text.provider_sid = report.provider_sid
        WHERE report.message_id IS NULL AND report.received_at > @since
        ORDER BY report.received_at LIMIT 1000
        """;

    // Those that were read, and no other that has come meanwhile.
    private const string Settle = """
        UPDATE gateway.status_events report SET message_id = text.id
        FROM unnest(@sids, @statuses) AS settled(sid, status) JOIN gateway.outbound text ON text.provider_sid = settled.sid
        WHERE report.provider_sid = settled.sid AND report.status = settled.status AND report.message_id IS NULL
        """;

    /// <summary>
    /// Looks for what was reported of texts before they were recorded as sent. Must not run before that record is committed.
    /// </summary>
    /// <param name="providerSids">Twilio's ids of the texts.</param>
    public static NpgsqlBatchCommand KeptCommand(string[] providerSids)
    {
        var command = new NpgsqlBatchCommand(Kept);
        command.Parameters.AddColumn("sids", NpgsqlDbType.Text, providerSids);
        return command;
    }

    /// <summary>
    /// Gives texts what was reported of them at the very moment of their record, or when the process ended between the two.
    /// </summary>
    /// <param name="since">Older reports are of nobody's text.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> ApplyForgottenAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Forgotten);
        command.Parameters.AddWithValue("since", since);
        List<StatusReport> reports;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            reports = await ReadAsync(reader, cancellationToken);
        }

        await ApplyAsync(reports, cancellationToken);
        return reports.Count;
    }

    /// <summary>Gives texts what was reported of them.</summary>
    /// <param name="reports">The reports, of texts whose record is committed.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task ApplyAsync(List<StatusReport> reports, CancellationToken cancellationToken)
    {
        // Settled only when it has been applied: applying it again is harmless, not applying it is not.
        await Task.WhenAll(reports.Select(report => writer.StoreAsync(report, cancellationToken)));
        if (reports.Count > 0)
        {
            await using var command = database.CreateCommand(Settle);
            command.Parameters.AddColumn("sids", NpgsqlDbType.Text, reports, report => report.ProviderSid);
            command.Parameters.AddColumn("statuses", NpgsqlDbType.Text, reports, report => report.Status);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Reads what <see cref="KeptCommand"/> has found.</summary>
    public static async Task<List<StatusReport>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var reports = new List<StatusReport>();
        while (await reader.ReadAsync(cancellationToken))
        {
            reports.Add(new StatusReport(
                null,
                reader.GetString(0),
                reader.GetString(1),
                reader.Nullable<int?>(2),
                reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return reports;
    }
}
