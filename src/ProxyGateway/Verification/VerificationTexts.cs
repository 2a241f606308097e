using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Verification;

/// <summary>
/// Test texts of numbers that are being verified. They are texts of ours like any other and sent effectively once, but belong
/// to no session and no client; the number need not be Ready, or even known here yet.
/// </summary>
internal sealed class VerificationTexts(
    NpgsqlDataSource database,
    IOptions<VerificationOptions> options,
    OutboundSignal sending,
    OutboxSignal outbox,
    TimeProvider clock)
{
    // Who opted out is not sent anything: such a text has failed from the start, with the code that Twilio would give.
    private const string Add = """
        INSERT INTO gateway.outbound (id, organisation_id, part, direction, from_number, to_number, body, media, state,
            error_code, due_at, trace_parent, created_at)
        SELECT @id, @organisation, 0, 3, @from, @to, @body, '{}', CASE WHEN refused THEN 5 ELSE 0 END,
            CASE WHEN refused THEN 21610 END, @now, @trace, @now
        FROM (SELECT EXISTS (SELECT 1 FROM gateway.opt_outs
            WHERE our_number = @from AND number = @to AND opted_out_at IS NOT NULL) AS refused) AS receiver
        ON CONFLICT (id) DO NOTHING
        RETURNING state, conversation, sequence
        """;

    private const string Read = """
        SELECT state, error_code FROM gateway.outbound WHERE id = $1 AND organisation_id = $2 AND direction = 3
        """;

    /// <summary>Stores a test text, which is then sent; one that is there already is left as it is.</summary>
    /// <returns>Where it stands; none when another text has its id.</returns>
    public async Task<VerificationTextState?> AddAsync(SendVerificationText request, CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var now = clock.GetUtcNow();
            if (await InsertAsync(connection, request, now, cancellationToken)
                is (OutboundState.Failed, var conversation, var sequence))
            {
                var failed = new MessageFailed(
                    request.OrganisationId,
                    request.MessageId,
                    MessageDirection.Verification,
                    null,
                    null,
                    null,
                    21610,
                    "opted-out",
                    now,
                    request.From,
                    conversation,
                    sequence);
                await OutboxStatements.AddAsync(
                    connection, GatewayDbContext.Schema, [OutboxMessage.Of(failed, now)], cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        sending.Wake();
        outbox.Wake();
        return await ReadAsync(request.OrganisationId, request.MessageId, cancellationToken);
    }

    /// <summary>Reads where a test text stands.</summary>
    /// <returns>None when the organisation has no such test text.</returns>
    public async Task<VerificationTextState?> ReadAsync(
        OrganisationId organisation,
        MessageId id,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.AddWithValue(id.Value);
        command.Parameters.AddWithValue(organisation.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new VerificationTextState(ProgressOf((OutboundState)reader.GetInt16(0)), reader.Nullable<int?>(1))
            : null;
    }

    private async Task<(OutboundState State, long Conversation, long Sequence)?> InsertAsync(
        NpgsqlConnection connection,
        SendVerificationText request,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Add, connection);
        command.Parameters.AddWithValue("id", request.MessageId.Value);
        command.Parameters.AddWithValue("organisation", request.OrganisationId.Value);
        command.Parameters.AddWithValue("from", request.From.Reveal());
        command.Parameters.AddWithValue("to", request.To.Reveal());
        command.Parameters.AddWithValue("body", options.Value.Body);
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("trace", (object?)Activity.Current?.Id ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? ((OutboundState)reader.GetInt16(0), reader.GetInt64(1), reader.GetInt64(2))
            : null;
    }

    private static VerificationTextProgress ProgressOf(OutboundState state) => state switch
    {
        OutboundState.Pending or OutboundState.Sending or OutboundState.Unknown => VerificationTextProgress.Waiting,
        OutboundState.Sent => VerificationTextProgress.Sent,
        OutboundState.Delivered => VerificationTextProgress.Delivered,
        _ => VerificationTextProgress.Failed,
    };
}
