using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Has texts that wait go to the phone of now of the sitter or client whom they are for. Never one of which an attempt may have
/// reached Twilio: it would be there twice, once for each phone.
/// </summary>
internal sealed class MovedReceivers(NpgsqlDataSource database, OutboundSignal sending, TimeProvider clock)
{
    // Pending is what is nobody's, and of which nothing has left. The row's lock settles who is first: a claim passes over
    // what is locked here, and finds the new phone afterwards; and what was claimed just before does not meet the condition any
    // more when its lock is had, and is looked at once more before it is sent (TextSender).
    private const string MoveWaiting = """
        UPDATE gateway.outbound text SET to_number = @phone
        FROM (SELECT id, real_number FROM gateway.sitters WHERE id = @sitter AND version < @version FOR UPDATE) AS former
        WHERE text.sitter_id = former.id AND text.to_number = former.real_number AND former.real_number <> @phone
            AND text.direction IN (0, 2) AND text.state = 0
        """;

    // The phone that answers would choose. What has none any more fails when its turn comes.
    private const string MoveWaitingOfClient = """
        UPDATE gateway.outbound SET to_number = (SELECT min(phone COLLATE "C") FROM unnest(@phones) AS phone)
        WHERE client_id = @client AND direction = 1 AND unsent IS NOT NULL AND state = 0 AND NOT (to_number = ANY(@phones))
        """;

    private const string MoveClaimed = """
        UPDATE gateway.outbound SET to_number = @phone, state = 0, due_at = @now
        WHERE id = @id AND attempts = @attempt AND state + 0 = 1
        """;

    /// <summary>
    /// Moves all that waits for a sitter, together and so in order. Call in the transaction that stores her change, before it.
    /// </summary>
    public static async Task MoveAsync(
        NpgsqlConnection connection,
        SitterChanged sitter,
        CancellationToken cancellationToken)
    {
        if (!sitter.Active)
        {
            // What waits for one who was removed fails when its turn comes.
            return;
        }

        await using var command = new NpgsqlCommand(MoveWaiting, connection);
        command.Parameters.AddWithValue("phone", sitter.RealNumber.Reveal());
        command.Parameters.AddWithValue("sitter", sitter.SitterId.Value);
        command.Parameters.AddWithValue("version", sitter.Version);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The same for a client. Call in the transaction that stores the change.</summary>
    public static async Task MoveAsync(
        NpgsqlConnection connection,
        ClientChanged client,
        CancellationToken cancellationToken)
    {
        // A provisional client, who comes without a number, is whoever has the phone.
        if (client.Provisional || client.Numbers.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(MoveWaitingOfClient, connection);
        command.Parameters.AddWithValue("client", client.ClientId.Value);
        command.Parameters.AddColumn("phones", NpgsqlDbType.Text, client.Numbers, phone => phone.Reveal());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives a text back that was claimed, for another phone, unless it is another instance's by now.</summary>
    public async Task MoveAsync(ClaimedText text, E164Number phone, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(MoveClaimed);
        command.Parameters.AddWithValue("phone", phone.Reveal());
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        command.Parameters.AddWithValue("id", text.Text.Id.Value);
        command.Parameters.AddWithValue("attempt", text.Attempt);
        await command.ExecuteNonQueryAsync(cancellationToken);

        // What waits behind it in the former thread has to be moved, too.
        sending.WakeFor([(text.From, phone), (text.From, text.To)]);
    }
}
