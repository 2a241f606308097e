using Npgsql;
using NpgsqlTypes;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Writes a routing plan in the transaction that is open on the connection.</summary>
internal static class PlanWriter
{
    // A session that ended since it was read stays as it is: reopening it here would be told to nobody.
    private const string SaveSessions = """
        INSERT INTO gateway.sessions (id, organisation_id, sitter_id, client_id, client_number, reserved_number,
            pool_number, pool_number_id, open, opened_at, last_interaction_at, expires_at)
        SELECT id, organisation, sitter, client, client_number, reserved, pool, pool_id, true, opened, touched, expires
        FROM unnest(@ids, @organisations, @sitters, @clients, @client_numbers, @reserved, @pools, @pool_ids, @opened,
            @touched, @expires) AS session(id, organisation, sitter, client, client_number, reserved, pool, pool_id,
            opened, touched, expires)
        ON CONFLICT (id) DO UPDATE SET open = true, closed_at = NULL, closed_reason = NULL,
            client_number = excluded.client_number, reserved_number = excluded.reserved_number,
            last_interaction_at = excluded.last_interaction_at, expires_at = excluded.expires_at
        WHERE sessions.open = (sessions.id = ANY(@found_open))
        """;

    private const string AddTexts = """
        INSERT INTO gateway.outbound (id, organisation_id, inbound_id, part, direction, session_id, sitter_id, client_id,
            from_number, to_number, body, media, due_at, trace_parent, created_at)
        SELECT id, organisation, inbound, part, direction, session, sitter, client, sender, receiver, body,
            string_to_array(media, ' '), due, trace, created
        FROM unnest(@ids, @organisations, @inbounds, @parts, @directions, @sessions, @sitters, @clients, @senders,
            @receivers, @bodies, @medias, @dues, @traces, @created)
            WITH ORDINALITY AS text(id, organisation, inbound, part, direction, session, sitter, client, sender,
            receiver, body, media, due, trace, created, position)
        ORDER BY position
        """;

    private const string DecideTexts = """
        UPDATE gateway.inbound text SET state = outcome.state, reason = outcome.reason,
            organisation_id = outcome.organisation, session_id = outcome.session
        FROM unnest(@ids, @states, @reasons, @organisations, @sessions)
            AS outcome(id, state, reason, organisation, session)
        WHERE text.id = outcome.id
        """;

    // What the relay holds is on its way already, and routing it again does nothing: not worth a wait.
    private const string DropCommands = """
        DELETE FROM gateway.outbox WHERE id = ANY(ARRAY(
            SELECT id FROM gateway.outbox WHERE id = ANY(@commands) FOR UPDATE SKIP LOCKED))
        """;

    /// <summary>Writes the plan and commits, unless a session that it takes for open has ended since.</summary>
    /// <returns>Whether it was written; if not, the transaction is to be given up and planned anew.</returns>
    public static async Task<bool> CommitAsync(
        NpgsqlTransaction transaction,
        RoutingPlan plan,
        CancellationToken cancellationToken)
    {
        var save = Save(plan);
        await using var batch = Batch(transaction.Connection!, plan, save);
        if (plan.SessionsAreLocked)
        {
            await OutboxStatements.CommitAsync(batch, GatewayDbContext.Schema, plan.Events, cancellationToken);
            return true;
        }

        OutboxStatements.Add(batch, GatewayDbContext.Schema, plan.Events);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        if (plan.Sessions.Count > 0 && save.RecordsAffected != plan.Sessions.Count)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, RoutingPlan plan, NpgsqlBatchCommand save)
    {
        var batch = new NpgsqlBatch(connection);
        if (plan.Sessions.Count > 0)
        {
            batch.BatchCommands.Add(save);
        }

        foreach (var change in OptOutWriter.Commands(plan.OptOuts))
        {
            batch.BatchCommands.Add(change);
        }

        if (plan.Texts.Count > 0)
        {
            batch.BatchCommands.Add(Add(plan.Texts));
        }

        if (plan.Outcomes.Count > 0)
        {
            batch.BatchCommands.Add(Decide(plan.Outcomes));
        }

        if (plan.Awaiting.Count > 0)
        {
            batch.BatchCommands.Add(AwaitedNews.AwaitCommand(plan.Awaiting));
        }

        if (plan.Commands.Length > 0)
        {
            var drop = new NpgsqlBatchCommand(DropCommands);
            drop.Parameters.AddColumn("commands", NpgsqlDbType.Uuid, plan.Commands);
            batch.BatchCommands.Add(drop);
        }

        return batch;
    }

    private static NpgsqlBatchCommand Save(RoutingPlan plan)
    {
        Session[] sessions = [.. plan.Sessions];
        var command = new NpgsqlBatchCommand(SaveSessions);
        var columns = command.Parameters;
        columns.AddColumn("ids", NpgsqlDbType.Uuid, sessions, session => session.Id.Value);
        columns.AddColumn("organisations", NpgsqlDbType.Uuid, sessions, session => session.OrganisationId.Value);
        columns.AddColumn("sitters", NpgsqlDbType.Uuid, sessions, session => session.SitterId.Value);
        columns.AddColumn("clients", NpgsqlDbType.Uuid, sessions, session => session.ClientId.Value);
        columns.AddColumn("client_numbers", NpgsqlDbType.Text, sessions, session => session.ClientNumber.Reveal());
        columns.AddColumn("reserved", NpgsqlDbType.Text, sessions, session => session.ReservedNumber.Reveal());
        columns.AddColumn("pools", NpgsqlDbType.Text, sessions, session => session.PoolNumber.Reveal());
        columns.AddColumn("pool_ids", NpgsqlDbType.Uuid, sessions, session => session.PoolNumberId.Value);
        columns.AddColumn("opened", NpgsqlDbType.TimestampTz, sessions, session => session.OpenedAt);
        columns.AddColumn("touched", NpgsqlDbType.TimestampTz, sessions, session => session.LastInteractionAt);
        columns.AddColumn("expires", NpgsqlDbType.TimestampTz, sessions, session => session.ExpiresAt);
        columns.AddColumn("found_open", NpgsqlDbType.Uuid, [.. sessions.Where(plan.FoundOpen)], session => session.Id.Value);
        return command;
    }

    private static NpgsqlBatchCommand Add(List<OutboundMessage> texts)
    {
        var command = new NpgsqlBatchCommand(AddTexts);
        var columns = command.Parameters;
        columns.AddColumn("ids", NpgsqlDbType.Uuid, texts, text => text.Id.Value);
        columns.AddColumn("organisations", NpgsqlDbType.Uuid, texts, text => text.OrganisationId.Value);
        columns.AddColumn("inbounds", NpgsqlDbType.Uuid, texts, text => text.InboundId?.Value);
        columns.AddColumn("parts", NpgsqlDbType.Smallint, texts, text => text.Part);
        columns.AddColumn("directions", NpgsqlDbType.Smallint, texts, text => (short)text.Direction);
        columns.AddColumn("sessions", NpgsqlDbType.Uuid, texts, text => text.SessionId?.Value);
        columns.AddColumn("sitters", NpgsqlDbType.Uuid, texts, text => text.SitterId?.Value);
        columns.AddColumn("clients", NpgsqlDbType.Uuid, texts, text => text.ClientId?.Value);
        columns.AddColumn("senders", NpgsqlDbType.Text, texts, text => text.FromNumber.Reveal());
        columns.AddColumn("receivers", NpgsqlDbType.Text, texts, text => text.ToNumber.Reveal());
        columns.AddColumn("bodies", NpgsqlDbType.Text, texts, text => text.Body);
        columns.AddColumn("medias", NpgsqlDbType.Text, texts, text => string.Join(' ', text.Media));
        columns.AddColumn("dues", NpgsqlDbType.TimestampTz, texts, text => text.DueAt);
        columns.AddColumn("traces", NpgsqlDbType.Text, texts, text => text.TraceParent);
        columns.AddColumn("created", NpgsqlDbType.TimestampTz, texts, text => text.CreatedAt);
        return command;
    }

    private static NpgsqlBatchCommand Decide(List<InboundOutcome> outcomes)
    {
        var command = new NpgsqlBatchCommand(DecideTexts);
        var columns = command.Parameters;
        columns.AddColumn("ids", NpgsqlDbType.Uuid, outcomes, outcome => outcome.Id.Value);
        columns.AddColumn("states", NpgsqlDbType.Smallint, outcomes, outcome => (short)outcome.State);
        columns.AddColumn("reasons", NpgsqlDbType.Text, outcomes, outcome => outcome.Reason);
        columns.AddColumn("organisations", NpgsqlDbType.Uuid, outcomes, outcome => outcome.OrganisationId.Value);
        columns.AddColumn("sessions", NpgsqlDbType.Uuid, outcomes, outcome => outcome.SessionId?.Value);
        return command;
    }
}
