using Npgsql;
using NpgsqlTypes;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Clock;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>Reads how a text stands once Twilio's list has been read: the last thing asked before it is sent again.</summary>
internal sealed class Standings(NpgsqlDataSource database, DatabaseClock clock)
{
    // The text itself, too, may have been settled while the list was read: then its own id is no other's, and it is not sent.
    // And the database's clock may have been set since it was last read: then no lease has ended, though its time is over.
    private const string Statement = """
        SELECT text.state = 1 AND text.attempts = @attempt,
            ARRAY(SELECT provider_sid FROM gateway.outbound WHERE provider_sid = ANY(@sids) AND id <> @id),
            clock_timestamp()
        FROM gateway.outbound text WHERE text.id = @id
        """;

    /// <summary>Reads, and takes note of the database's time.</summary>
    /// <returns>Whether the text is still this instance's to send, and which of Twilio's ids are known as another text's.</returns>
    public async Task<(bool IsOurs, HashSet<string> Taken)> ReadAsync(
        ClaimedText text,
        List<string> sids,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Statement);
        command.Parameters.AddWithValue("id", text.Text.Id.Value);
        command.Parameters.AddWithValue("attempt", text.Attempt);
        command.Parameters.AddColumn("sids", NpgsqlDbType.Text, sids.ToArray());
        var asked = clock.GetTimestamp();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        clock.Take(reader.GetFieldValue<DateTimeOffset>(2), asked);
        return (reader.GetBoolean(0), new HashSet<string>(reader.GetFieldValue<string[]>(1), StringComparer.Ordinal));
    }
}
