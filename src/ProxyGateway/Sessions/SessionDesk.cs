using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>Opens, extends and closes sessions for the public API, by the same decision as a text does.</summary>
internal sealed class SessionDesk(
    NpgsqlDataSource database,
    GatewayDbContext db,
    IOptions<SessionTimeOptions> options,
    OutboxSignal outbox,
    TimeProvider clock)
{
    private const string ClosedByApi = "api";

    private const string FindSitter = """
        SELECT reserved_number FROM gateway.sitters WHERE id = $1 AND organisation_id = $2 AND active
        """;

    // Of several phones the one that this sitter and this client used last.
    private const string FindClient = """
        SELECT phone.number FROM gateway.clients client
        LEFT JOIN gateway.client_numbers phone ON phone.client_id = client.id
        WHERE client.id = $1 AND client.organisation_id = $2
        ORDER BY (
            SELECT max(last_interaction_at) FROM gateway.sessions
            WHERE sitter_id = $3 AND client_id = $1 AND client_number = phone.number) DESC NULLS LAST, phone.number
        LIMIT 1
        """;

    private const string ExtendOpen = """
        UPDATE gateway.sessions SET expires_at = greatest(expires_at, $3)
        WHERE id = $1 AND organisation_id = $2 AND open
        RETURNING sitter_id, client_id, expires_at
        """;

    /// <summary>Puts a sitter and a client in touch; a pair that is in touch already keeps its session as it is.</summary>
    public async Task<SessionOutcome> OpenAsync(
        OrganisationId organisation,
        SitterId sitter,
        ClientId client,
        CancellationToken cancellationToken)
    {
        var (refused, id, isNew) = await WriteAsync(organisation, sitter, client, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        // Its connection is back in the pool: requests that hold one while they wait for another end up waiting for each other.
        outbox.Wake();
        var view = await SessionList.ReadOneAsync(db, organisation, id, cancellationToken);
        return isNew ? new SessionOutcome.Opened(view!) : new SessionOutcome.Present(view!);
    }

    /// <summary>Restarts an open session's time to live and tells of it; never shortens it.</summary>
    public async Task<SessionOutcome> ExtendAsync(
        OrganisationId organisation,
        SessionId id,
        ApiKeyId apiKey,
        CancellationToken cancellationToken)
    {
        var extended = await ExtendOpenAsync(organisation, id, apiKey, cancellationToken);
        return await ReadAsync(organisation, id, cancellationToken) switch
        {
            SessionOutcome.Present when !extended => new SessionOutcome.Closed(),
            var outcome => outcome,
        };
    }

    /// <summary>Closes a session; closing it again changes nothing.</summary>
    public async Task<SessionOutcome> CloseAsync(
        OrganisationId organisation,
        SessionId id,
        CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await SessionCloser.CloseOneAsync(
                connection, organisation, id, ClosedByApi, clock.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        outbox.Wake();
        return await ReadAsync(organisation, id, cancellationToken) is SessionOutcome.Present
            ? new SessionOutcome.Closed()
            : new SessionOutcome.UnknownSession();
    }

    public async Task<SessionOutcome> ReadAsync(
        OrganisationId organisation,
        SessionId id,
        CancellationToken cancellationToken) =>
        await SessionList.ReadOneAsync(db, organisation, id, cancellationToken) is { } view
            ? new SessionOutcome.Present(view)
            : new SessionOutcome.UnknownSession();

    private async Task<bool> ExtendOpenAsync(
        OrganisationId organisation, SessionId id, ApiKeyId apiKey, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ExtendOpen, connection);
        command.Parameters.AddWithValue(id.Value);
        command.Parameters.AddWithValue(organisation.Value);
        command.Parameters.AddWithValue(now + options.Value.TimeToLive);
        SessionExtended extended;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                return false;
            }

            extended = new SessionExtended(
                organisation,
                id,
                new SitterId(reader.GetGuid(0)),
                new ClientId(reader.GetGuid(1)),
                reader.GetFieldValue<DateTimeOffset>(2),
                apiKey,
                now);
        }

        await OutboxStatements.AddAsync(
            connection, GatewayDbContext.Schema, [OutboxMessage.Of(extended, now)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return true;
    }

    private async Task<(SessionOutcome? Refused, SessionId Id, bool IsNew)> WriteAsync(
        OrganisationId organisation,
        SitterId sitter,
        ClientId client,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (foundSitter, reserved) = await FindAsync(
            connection, FindSitter, cancellationToken, sitter.Value, organisation.Value);
        if (!foundSitter)
        {
            return (new SessionOutcome.UnknownSitter(), default, false);
        }

        var (foundClient, phone) = await FindAsync(
            connection, FindClient, cancellationToken, client.Value, organisation.Value, sitter.Value);
        if (!foundClient)
        {
            return (new SessionOutcome.UnknownClient(), default, false);
        }

        if (reserved is null)
        {
            return (new SessionOutcome.SitterHasNoNumber(), default, false);
        }

        if (phone is null)
        {
            return (new SessionOutcome.ClientHasNoPhone(), default, false);
        }

        var book = new SessionBook();
        await SessionReader.ReadOpenAsync(connection, [(sitter, client)], [], book, cancellationToken);
        if (book.OpenOf(sitter, client) is null)
        {
            await SessionReader.ReadForNewAsync(connection, [sitter.Value], book, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var plan = new RoutingPlan { SitterNumbers = new Dictionary<SitterId, E164Number>() };
        var session = new SessionOpening(book, plan, options.Value.TimeToLive, now)
            .For(organisation, sitter, client, phone, reserved);
        if (session is null)
        {
            return (new SessionOutcome.PoolExhausted(), default, false);
        }

        if (!await PlanWriter.CommitAsync(transaction, plan, cancellationToken))
        {
            throw new UnreachableException("A session was opened by somebody who does not hold its sitter.");
        }

        return (null, session.Id, plan.Sessions.Count > 0);
    }

    private static async Task<(bool Found, E164Number? Number)> FindAsync(
        NpgsqlConnection connection,
        string statement,
        CancellationToken cancellationToken,
        params Guid[] ids)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var id in ids)
        {
            command.Parameters.AddWithValue(id);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (true, reader.Nullable<string>(0) is { } number ? E164Number.Parse(number) : null)
            : (false, null);
    }
}
