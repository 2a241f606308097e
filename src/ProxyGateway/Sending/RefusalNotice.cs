using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Notices;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>Tells the author of a text, once, that Twilio refused it because the receiver has opted out.</summary>
internal sealed class RefusalNotice(IOptions<NoticeOptions> notices)
{
    private const short NoticePart = 100;

    // The author is told from the number that they wrote to, which the text that came in knows.
    private const string Statement = """
        INSERT INTO gateway.outbound
            (id, organisation_id, inbound_id, part, direction, sitter_id, from_number, to_number, body, media, due_at, created_at)
        SELECT @id, @organisation, text.id, @part, 2, @sitter, text.to_address, text.from_address, @body, '{}', @now, @now
        FROM gateway.inbound text WHERE text.id = @inbound AND NOT EXISTS
            (SELECT 1 FROM gateway.opt_outs
            WHERE our_number = text.to_address AND number = text.from_address AND opted_out_at IS NOT NULL)
        ON CONFLICT (inbound_id, part) DO NOTHING
        """;

    /// <summary>Call in the transaction that records the refusal.</summary>
    public async Task AddAsync(
        NpgsqlConnection connection,
        ClaimedText refused,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (refused.InboundId is not { } inbound || refused.Text.Direction == MessageDirection.Notice)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Statement, connection);
        command.Parameters.AddWithValue("id", MessageId.New(now).Value);
        command.Parameters.AddWithValue("organisation", refused.Text.OrganisationId.Value);
        command.Parameters.AddWithValue("part", NoticePart);
        command.Parameters.AddWithValue("sitter", (object?)refused.Text.SitterId?.Value ?? DBNull.Value);
        command.Parameters.AddWithValue("body", notices.Value.OptedOut);
        command.Parameters.AddWithValue("inbound", inbound.Value);
        command.Parameters.AddWithValue("now", now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
