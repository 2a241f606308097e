using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Takes texts that are due for this instance, and writes the attempt before it is made. Of each conversation only the
/// first unsent text can be taken, so order holds whatever the number of instances; while it waits, those behind it wait.
/// </summary>
internal sealed class OutboundClaims(
    NpgsqlDataSource database,
    IOptions<SendingOptions> options,
    TwilioAccount account,
    UnreadableTexts unreadable,
    ClockSteps steps,
    TimeProvider clock)
{
    private const string NotPaused =
        "NOT EXISTS (SELECT 1 FROM gateway.provider_pauses WHERE account_sid = @account AND until > @now)";

    // Conversations first, then the first unsent text of each: in a backlog most texts stand behind another, and asking
    // each of them whether it does would cost more than the sending.
    private const string ClaimDue = $"""
        WITH waiting AS MATERIALIZED (
            SELECT DISTINCT conversation FROM (
                SELECT conversation FROM gateway.outbound
                WHERE unsent = 1 AND due_at <= @now AND {NotPaused}
                ORDER BY due_at, sequence LIMIT 20000) AS due
        ), {ClaimHeads}
        """;

    // For the rest of the transaction. A bitmap reads what was due and has been sent since the last vacuum again each time; a
    // plain read of the index marks those entries as it meets them, and leaves them out from then on.
    private const string WithoutBitmaps = "SELECT set_config('enable_bitmapscan', 'off', true)";

    // By their index alone: the index of what is due is full of what was due until it is vacuumed.
    private const string ClaimInThreads = $"""
        WITH waiting AS MATERIALIZED (
            SELECT DISTINCT hashtextextended(ours || '|' || theirs, 0) AS conversation
            FROM unnest(@ours, @theirs) AS thread(ours, theirs) WHERE {NotPaused}
        ), {ClaimHeads}
        """;

    // Unsent "is not null" here and never "is 1", which is how the index of what is due says it: that index must not be
    // an alternative for the look-up of a head, and the sum keeps it from being one for the order. Statistics that know of no
    // backlog make it look best: it was read once for each conversation, or from its beginning with all that had long been sent.
    private const string ClaimHeads = """
        head AS (
            SELECT text.id, text.state FROM waiting
            CROSS JOIN LATERAL (SELECT id FROM gateway.outbound one
                WHERE one.conversation = waiting.conversation AND one.unsent IS NOT NULL
                ORDER BY one.conversation, one.sequence LIMIT 1) AS first
            JOIN gateway.outbound text ON text.id = first.id
            WHERE text.state + 0 < @below AND text.due_at <= @now
            ORDER BY text.due_at, text.sequence LIMIT @limit FOR UPDATE OF text SKIP LOCKED
        )
        UPDATE gateway.outbound text
        SET state = 1, attempts = attempts + 1, attempted_at = @now, due_at = @lease
        FROM head WHERE text.id = head.id
        RETURNING text.id, text.organisation_id, text.direction, text.session_id, text.sitter_id, text.client_id,
            text.from_number, text.conversation, text.sequence, text.retry_of IS NOT NULL, text.inbound_id, text.to_number,
            text.body, text.media, text.attempts, head.state, text.created_at, text.trace_parent,
            CASE text.direction
                WHEN 0 THEN (SELECT CASE WHEN sitter.active THEN sitter.real_number ELSE '' END
                    FROM gateway.sitters sitter WHERE sitter.id = text.sitter_id)
                WHEN 1 THEN (SELECT CASE WHEN client.provisional OR EXISTS (
                            SELECT 1 FROM gateway.client_numbers WHERE client_id = client.id AND number = text.to_number)
                        THEN text.to_number
                        ELSE coalesce((SELECT min(number COLLATE "C") FROM gateway.client_numbers WHERE client_id = client.id), '')
                        END
                    FROM gateway.clients client WHERE client.id = text.client_id)
                END
        """;

    private const string Pause = """
        INSERT INTO gateway.provider_pauses (account_sid, until) VALUES (@account, @until)
        ON CONFLICT (account_sid) DO UPDATE SET until = greatest(provider_pauses.until, excluded.until)
        """;

    /// <summary>Takes what is due, wherever it is.</summary>
    public async Task<List<ClaimedText>> TakeAsync(int limit, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(WithoutBitmaps));
        return await TakeAsync(batch, new NpgsqlBatchCommand(ClaimDue), limit, cancellationToken);
    }

    /// <summary>Takes what is due in some threads.</summary>
    public async Task<List<ClaimedText>> TakeAsync(
        IReadOnlyCollection<(E164Number Ours, E164Number Theirs)> threads,
        int limit,
        CancellationToken cancellationToken)
    {
        var claim = new NpgsqlBatchCommand(ClaimInThreads);
        claim.Parameters.AddColumn("ours", NpgsqlDbType.Text, threads.Select(thread => thread.Ours.Reveal()).ToArray());
        claim.Parameters.AddColumn("theirs", NpgsqlDbType.Text, threads.Select(thread => thread.Theirs.Reveal()).ToArray());
        await using var batch = database.CreateBatch();
        return await TakeAsync(batch, claim, limit, cancellationToken);
    }

    /// <summary>Stops every instance from calling this account before <paramref name="until"/> (Twilio's Retry-After).</summary>
    public async Task PauseAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Pause);
        command.Parameters.AddWithValue("account", account.AccountSid);
        command.Parameters.AddWithValue("until", until);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Behind what is in the batch already, in the same transaction.
    private async Task<List<ClaimedText>> TakeAsync(
        NpgsqlBatch batch,
        NpgsqlBatchCommand claim,
        int limit,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var leaseEnd = now + options.Value.Lease;
        claim.Parameters.AddWithValue("now", now);
        claim.Parameters.AddWithValue("lease", leaseEnd);
        claim.Parameters.AddWithValue("account", account.AccountSid);
        claim.Parameters.AddWithValue("limit", limit);

        // Those behind a text that is left alone wait with it: it is the first of its conversation all the same.
        var below = steps.Hold > TimeSpan.Zero ? OutboundState.Sending : OutboundState.Sent;
        claim.Parameters.AddWithValue("below", (int)below);
        batch.BatchCommands.Add(claim);
        var texts = new List<ClaimedText>();
        var failed = await ReadAsync(batch, leaseEnd, texts, cancellationToken);
        await unreadable.FailAsync(failed, cancellationToken);
        return texts;
    }

    /// <summary>Reads what was claimed; a row that is corrupt must not keep the others from being sent.</summary>
    /// <returns>Those that cannot be read.</returns>
    private static async Task<List<UnreadableText>> ReadAsync(
        NpgsqlBatch batch,
        DateTimeOffset leaseEnd,
        List<ClaimedText> texts,
        CancellationToken cancellationToken)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var before = 1; before < batch.BatchCommands.Count; before++)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var failed = new List<UnreadableText>();
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                texts.Add(Read(reader, leaseEnd));
            }
            catch (Exception failure) when (failure is FormatException or InvalidCastException or ArgumentException)
            {
                failed.Add(UnreadableTexts.Read(reader, failure));
            }
        }

        return failed;
    }

    private static ClaimedText Read(NpgsqlDataReader reader, DateTimeOffset leaseEnd) => new(
        SentText.Read(reader),
        reader.Nullable<Guid?>(10) is { } inbound ? new MessageId(inbound) : null,
        E164Number.Parse(reader.GetString(11)),
        reader.GetString(12),
        [.. reader.GetFieldValue<string[]>(13).Select(url => new Uri(url))],
        reader.GetInt32(14),
        (OutboundState)reader.GetInt16(15) != OutboundState.Pending,
        reader.GetFieldValue<DateTimeOffset>(16),
        leaseEnd,
        reader.Nullable<string>(17),
        ReceiversPhone.Of(reader.Nullable<string>(18), reader.GetString(11)));
}
