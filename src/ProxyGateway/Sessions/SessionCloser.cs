using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>Closes sessions, tells of it, and lets texts go that waited for a number which is free now.</summary>
internal static class SessionCloser
{
    private const string Close = """
        UPDATE gateway.sessions session SET open = false, closed_at = @now, closed_reason = @reason
        FROM (SELECT id FROM gateway.sessions WHERE open AND {0} ORDER BY id LIMIT 500 FOR UPDATE{1}) AS ended
        WHERE session.id = ended.id
        RETURNING session.id, session.organisation_id, session.sitter_id, session.client_id, session.pool_number_id
        """;

    // By the day first, which has an index.
    private static readonly string Expired = Statement(
        "expires_on <= (@now AT TIME ZONE 'UTC')::date AND expires_at <= @now", " SKIP LOCKED");

    private static readonly string OfSitter = Statement("sitter_id = @id", string.Empty);
    private static readonly string OnNumber = Statement(
        "pool_number_id = @id AND pool_number_id IN (SELECT id FROM gateway.numbers WHERE status = 4)", string.Empty);

    private static readonly string One = Statement("id = @id AND organisation_id = @organisation", string.Empty);

    /// <summary>Closes up to 500 sessions whose time is over; one that is being used right now is left alone.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> CloseExpiredAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Expired, connection);
        return await CloseAsync(connection, command, "expired", now, cancellationToken);
    }

    /// <summary>Closes the sessions of a sitter who was removed.</summary>
    public static async Task CloseOfSitterAsync(
        NpgsqlConnection connection,
        SitterId sitter,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(OfSitter, connection);
        command.Parameters.AddWithValue("id", sitter.Value);
        await CloseAsync(connection, command, "sitter-removed", now, cancellationToken);
    }

    /// <summary>
    /// Closes the sessions on a number that is not ours any more, also those that are being opened on it in this moment: nothing
    /// can leave from it. Call when its end is committed; a number that goes on is left alone.
    /// </summary>
    public static async Task CloseOnNumberAsync(
        NpgsqlDataSource database,
        OrganisationId organisation,
        NumberId number,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SessionReader.AwaitOpeningsAsync(connection, organisation, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(OnNumber, connection);
        command.Parameters.AddWithValue("id", number.Value);
        await CloseAsync(connection, command, "number-retired", now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Closes one session.</summary>
    /// <returns>Whether it was open.</returns>
    public static async Task<bool> CloseOneAsync(
        NpgsqlConnection connection,
        OrganisationId organisation,
        SessionId id,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(One, connection);
        command.Parameters.AddWithValue("id", id.Value);
        command.Parameters.AddWithValue("organisation", organisation.Value);
        return await CloseAsync(connection, command, reason, now, cancellationToken) == 1;
    }

    private static async Task<int> CloseAsync(
        NpgsqlConnection connection,
        NpgsqlCommand command,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("reason", reason);
        var events = new List<OutboxMessage>();
        var organisations = new HashSet<OrganisationId>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var closed = new SessionClosed(
                    new OrganisationId(reader.GetGuid(1)),
                    new SessionId(reader.GetGuid(0)),
                    new SitterId(reader.GetGuid(2)),
                    new ClientId(reader.GetGuid(3)),
                    new NumberId(reader.GetGuid(4)),
                    reason,
                    now);
                events.Add(OutboxMessage.Of(closed, now));
                organisations.Add(closed.OrganisationId);
            }
        }

        await OutboxStatements.AddAsync(connection, GatewayDbContext.Schema, events, cancellationToken);
        foreach (var organisation in organisations)
        {
            await HeldTexts.QueueAsync(connection, organisation, now, cancellationToken);
        }

        return events.Count;
    }

    private static string Statement(string condition, string locking) =>
        Close.Replace("{0}", condition, StringComparison.Ordinal).Replace("{1}", locking, StringComparison.Ordinal);
}
