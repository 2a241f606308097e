using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.MessageLog;

/// <summary>Reads texts that came in and texts that went out as one log, newest first.</summary>
internal sealed class MessageList(NpgsqlDataSource database)
{
    private const int MaxLimit = 200;

    private const string Statement = """
        WITH page AS (
            (SELECT id, true AS inbound, from_address AS sender, to_address AS receiver, body,
                cardinality(media) AS media_count, state, reason, session_id, NULL::uuid AS sitter_id,
                NULL::uuid AS client_id, received_at AS created_at, NULL::uuid AS retry_of
            FROM gateway.inbound
            WHERE organisation_id = @organisation AND (@after IS NULL OR id < @after)
                AND (@session IS NULL OR session_id = @session)
            ORDER BY id DESC LIMIT @limit)
            UNION ALL
            (SELECT id, false, from_number, to_number, body, cardinality(media), state, error_code::text, session_id,
                sitter_id, client_id, created_at, retry_of
            FROM gateway.outbound
            WHERE organisation_id = @organisation AND (@after IS NULL OR id < @after)
                AND (@session IS NULL OR session_id = @session)
            ORDER BY id DESC LIMIT @limit)
            ORDER BY id DESC LIMIT @limit
        )
        SELECT page.id, page.inbound, page.sender, page.receiver, page.body, page.media_count, page.state, page.reason,
            page.session_id, sitter.name, client.name, page.created_at, page.retry_of
        FROM page
        LEFT JOIN gateway.sessions session ON session.id = page.session_id
        LEFT JOIN gateway.sitters sitter ON sitter.id = coalesce(page.sitter_id, session.sitter_id)
        LEFT JOIN gateway.clients client ON client.id = coalesce(page.client_id, session.client_id)
        ORDER BY page.id DESC
        """;

    private static readonly string[] InboundStates = ["received", "relayed", "held", "not-relayed"];

    private static readonly string[] OutboundStates =
        ["pending", "sending", "unknown", "sent", "canceled", "failed", "undelivered", "delivered"];

    public async Task<MessagePage> ReadAsync(ListMessages request, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(request.Limit, 1, MaxLimit);
        await using var command = database.CreateCommand(Statement);
        command.Parameters.AddWithValue("organisation", request.OrganisationId.Value);
        command.Parameters.AddWithValue("after", NpgsqlDbType.Uuid, (object?)request.After?.Value ?? DBNull.Value);
        command.Parameters.AddWithValue("session", NpgsqlDbType.Uuid, (object?)request.SessionId?.Value ?? DBNull.Value);
        command.Parameters.AddWithValue("limit", limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<MessageView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var inbound = reader.GetBoolean(1);
            items.Add(new MessageView(
                new MessageId(reader.GetGuid(0)),
                inbound,
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetInt32(5),
                (inbound ? InboundStates : OutboundStates)[reader.GetInt16(6)],
                reader.Nullable<string>(7),
                reader.Nullable<Guid?>(8) is { } session ? new SessionId(session) : null,
                reader.Nullable<string>(9),
                reader.Nullable<string>(10),
                reader.GetFieldValue<DateTimeOffset>(11),
                reader.Nullable<Guid?>(12) is { } failed ? new MessageId(failed) : null));
        }

        return new MessagePage(items, items.Count == limit ? items[^1].Id : null);
    }
}
