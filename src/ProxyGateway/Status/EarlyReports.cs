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
    private const string Kept = """
        SELECT report.provider_sid, report.status, report.error_code, report.payload, report.received_at
        FROM gateway.status_events report JOIN gateway.outbound text ON text.provider_sid = report.provider_sid
        WHERE report.provider_sid = ANY(@sids) AND report.message_id IS DISTINCT FROM text.id
        """;

    /// <summary>Gives texts that have just been recorded as sent what was reported of them before.</summary>
    /// <param name="providerSids">Twilio's ids of the texts, committed.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task ApplyAsync(string[] providerSids, CancellationToken cancellationToken)
    {
        foreach (var report in await ReadAsync(providerSids, cancellationToken))
        {
            await writer.StoreAsync(report, cancellationToken);
        }
    }

    private async Task<List<StatusReport>> ReadAsync(string[] providerSids, CancellationToken cancellationToken)
    {
        var reports = new List<StatusReport>();
        if (providerSids.Length == 0)
        {
            return reports;
        }

        await using var command = database.CreateCommand(Kept);
        command.Parameters.AddColumn("sids", NpgsqlDbType.Text, providerSids);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
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
