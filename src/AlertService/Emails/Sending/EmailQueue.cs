using Npgsql;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>An e-mail that this instance is about to send.</summary>
/// <param name="Id">Its id, and with that its Idempotency-Key.</param>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Template">Its template.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="MaybeTaken">Whether an earlier attempt may have been taken.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="FirstAttemptAt">When it was first tried.</param>
internal sealed record ClaimedEmail(
    Guid Id,
    OrganisationId OrganisationId,
    string Template,
    string Subject,
    string Text,
    string Html,
    int Attempt,
    bool MaybeTaken,
    DateTimeOffset CreatedAt,
    DateTimeOffset FirstAttemptAt)
{
    /// <summary>Shows the id only: the rest may name a person.</summary>
    public override string ToString() => $"e-mail {Id}";
}

/// <summary>The statements on the queue. An attempt is written down before it begins, so that a crash leaves its trace.</summary>
internal sealed class EmailQueue(NpgsqlDataSource database, OutboxSignal outbox)
{
    private const string Take = """
        UPDATE alerts.emails
        SET attempts = attempts + 1, due_at = $2, first_attempt_at = coalesce(first_attempt_at, $1), maybe_taken = true
        FROM (
            SELECT id AS taken_id, maybe_taken AS maybe_before FROM alerts.emails
            WHERE state = 'Waiting' AND due_at <= $1
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) taken
        WHERE id = taken_id
        RETURNING id, organisation_id, template, subject, text_body, html_body, attempts, maybe_before, created_at,
            first_attempt_at
        """;

    private const string PutBack = """
        UPDATE alerts.emails SET due_at = $3, problem = $4, maybe_taken = $5
        WHERE id = $1 AND attempts = $2 AND state = 'Waiting'
        """;

    // What was accepted is the truth, even when another instance took the attempt for interrupted meanwhile.
    private const string End = """
        UPDATE alerts.emails SET state = $3, problem = $4, provider_id = $5, ended_at = $6, maybe_taken = $7
        WHERE id = $1 AND ((attempts = $2 AND state = 'Waiting') OR ($3 = 'Sent' AND state IN ('Waiting', 'Unknown')))
        """;

    /// <summary>When the oldest e-mail was written that waits, in UTC.</summary>
    /// <returns>None when none waits.</returns>
    public async Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT min(created_at) FROM alerts.emails WHERE state = 'Waiting'");
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime oldest ? new DateTimeOffset(oldest) : null;
    }

    /// <summary>Takes the e-mail that is due longest and that no other instance has.</summary>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="lease">How long the attempt may last before another instance takes it for interrupted.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <returns>None when nothing is due.</returns>
    public async Task<ClaimedEmail?> TakeAsync(DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Take);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now + lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        return new ClaimedEmail(
            reader.GetGuid(0),
            new OrganisationId(reader.GetGuid(1)),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetString(5),
            reader.GetInt32(6),
            reader.GetBoolean(7),
            reader.GetFieldValue<DateTimeOffset>(8),
            reader.GetFieldValue<DateTimeOffset>(9));
    }

    /// <summary>Records that an attempt failed and when the next one is due.</summary>
    /// <param name="email">The e-mail.</param>
    /// <param name="dueAt">When to try again, in UTC.</param>
    /// <param name="problem">What went wrong.</param>
    /// <param name="maybeTaken">Whether this attempt, or one before, may have been taken.</param>
    public async Task PutBackAsync(ClaimedEmail email, DateTimeOffset dueAt, string problem, bool maybeTaken)
    {
        await using var command = database.CreateCommand(PutBack);
        command.Parameters.Add(new() { Value = email.Id });
        command.Parameters.Add(new() { Value = email.Attempt });
        command.Parameters.Add(new() { Value = dueAt });
        command.Parameters.Add(new() { Value = problem });
        command.Parameters.Add(new() { Value = maybeTaken });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Records how an e-mail ended, together with the event that tells of it.</summary>
    /// <param name="email">The e-mail.</param>
    /// <param name="state">Sent, Failed or Unknown.</param>
    /// <param name="problem">What went wrong; none when it was sent.</param>
    /// <param name="providerId">The e-mail service's id of it.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <returns>Whether this call ended it.</returns>
    public async Task<bool> EndAsync(
        ClaimedEmail email, EmailState state, string? problem, string? providerId, DateTimeOffset now)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(End, connection, transaction);
        command.Parameters.Add(new() { Value = email.Id });
        command.Parameters.Add(new() { Value = email.Attempt });
        command.Parameters.Add(new() { Value = state.ToString() });
        command.Parameters.Add(new() { Value = (object?)problem ?? DBNull.Value });
        command.Parameters.Add(new() { Value = (object?)providerId ?? DBNull.Value });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = state == EmailState.Unknown });
        if (await command.ExecuteNonQueryAsync(CancellationToken.None) == 0)
        {
            return false;
        }

        await OutboxStatements.AddAsync(
            connection,
            AlertDbContext.Schema,
            [
                state == EmailState.Sent
                    ? OutboxMessage.Of(new EmailSent(email.OrganisationId, email.Id, email.Template, now), now)
                    : OutboxMessage.Of(
                        new EmailFailed(email.OrganisationId, email.Id, email.Template, state, problem ?? "unknown", now), now),
            ],
            CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        return true;
    }
}
