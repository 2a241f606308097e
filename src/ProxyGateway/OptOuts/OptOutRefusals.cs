using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Notices;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>
/// Keeps that Twilio refused texts because their receivers have opted out, and tells the authors. Twilio says so when a text is
/// handed over, or in a report later: with a Messaging Service that is the rule.
/// </summary>
internal sealed class OptOutRefusals(IOptions<NoticeOptions> notices)
{
    /// <summary>The receiver has opted out. Source: Twilio, error 21610.</summary>
    public const int OptedOutCode = 21610;

    private const short NoticePart = 100;

    // The author is told once for each text, from the number that they wrote to, which the text that came in knows; and not when
    // they have opted out themselves. A retry is of the text that caused the first attempt.
    private const string Tell = """
        INSERT INTO gateway.outbound
            (id, organisation_id, inbound_id, part, direction, sitter_id, from_number, to_number, body, media, due_at, created_at)
        SELECT refused.notice, text.organisation_id, written.id, @part, 2, text.sitter_id, written.to_address,
            written.from_address, @body, '{}', @now, @now
        FROM unnest(@ids, @notices) AS refused(id, notice)
        JOIN gateway.outbound text ON text.id = refused.id
        LEFT JOIN gateway.outbound first ON first.id = text.retry_of
        JOIN gateway.inbound written ON written.id = coalesce(text.inbound_id, first.inbound_id)
        WHERE text.direction <> 2 AND NOT EXISTS
            (SELECT 1 FROM gateway.opt_outs
            WHERE our_number = written.to_address AND number = written.from_address AND opted_out_at IS NOT NULL)
        ORDER BY text.from_number COLLATE "C", text.to_number COLLATE "C", text.sequence
        ON CONFLICT (inbound_id, part) DO NOTHING
        """;

    /// <summary>
    /// Call in the transaction that records the refusals, once their texts are locked; then have sending and the outbox look.
    /// </summary>
    /// <param name="connection">The connection that the transaction is open on.</param>
    /// <param name="refused">The texts.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    /// <returns>The events that tell of it, for the outbox: one for each receiver who was not known to have opted out.</returns>
    public async Task<List<OutboxMessage>> RecordAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SentText> refused,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { OptOutWriter.RefusalCommand(refused), TellCommand(refused, now) },
        };
        var events = new List<OutboxMessage>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var conversation = reader.GetInt64(0);
            var text = refused.First(text => text.Conversation == conversation);
            events.Add(OutboxMessage.Of(
                new OptOutChanged(text.OrganisationId, text.Id, text.SitterId, text.ClientId, OptedOut: true, now), now));
        }

        return events;
    }

    private NpgsqlBatchCommand TellCommand(IReadOnlyList<SentText> refused, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(Tell);
        command.Parameters.AddColumn("ids", NpgsqlDbType.Uuid, refused, text => text.Id.Value);
        command.Parameters.AddColumn("notices", NpgsqlDbType.Uuid, refused, _ => MessageId.New(now).Value);
        command.Parameters.AddWithValue("part", NoticePart);
        command.Parameters.AddWithValue("body", notices.Value.OptedOut);
        command.Parameters.AddWithValue("now", now);
        return command;
    }
}
