using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// Gives senders whom nobody knows a provisional client, here and at once, so that their text need not wait for SyncService.
/// </summary>
internal static class ProvisionalClients
{
    // The phone decides: who inserts it second (another instance, the same moment) gets the first one's client.
    private const string Statement = """
        WITH sender AS (
            SELECT * FROM unnest(@organisations, @numbers, @ids, @names) AS sender(organisation, number, id, name)
        ), phone AS (
            INSERT INTO gateway.client_numbers (organisation_id, number, client_id)
            SELECT organisation, number, id FROM sender ORDER BY organisation, number
            ON CONFLICT (number, organisation_id) DO UPDATE SET number = excluded.number
            RETURNING organisation_id, number, client_id
        ), client AS (
            INSERT INTO gateway.clients (id, organisation_id, name, provisional, version)
            SELECT sender.id, organisation, name, true, 0
            FROM sender JOIN phone ON phone.client_id = sender.id
        )
        SELECT phone.organisation_id, phone.number, phone.client_id, sender.id IS NOT NULL
        FROM phone LEFT JOIN sender ON sender.id = phone.client_id
        """;

    /// <summary>Adds what is missing to the directory, the database and the plan's events.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        IReadOnlyList<WaitingText> texts,
        RoutingDirectory directory,
        RoutingPlan plan,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var unknown = Unknown(texts, directory, now);
        if (unknown.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Statement, connection);
        command.Parameters.AddColumn("organisations", NpgsqlDbType.Uuid, unknown, sender => sender.Organisation.Value);
        command.Parameters.AddColumn("numbers", NpgsqlDbType.Text, unknown, sender => sender.Number.Reveal());
        command.Parameters.AddColumn("ids", NpgsqlDbType.Uuid, unknown, sender => sender.Id.Value);
        command.Parameters.AddColumn("names", NpgsqlDbType.Text, unknown, sender => Label.NeutralName(sender.Number));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var organisation = new OrganisationId(reader.GetGuid(0));
            var number = E164Number.Parse(reader.GetString(1));
            var client = new KnownClient
            {
                Id = new ClientId(reader.GetGuid(2)),
                OrganisationId = organisation,
                Name = Label.NeutralName(number),
                Provisional = true,
                Version = 0,
            };
            directory.Add(client, number);
            if (reader.GetBoolean(3))
            {
                var sitter = unknown.First(sender => sender.Id == client.Id).Sitter;
                plan.Events.Add(OutboxMessage.Of(
                    new UnknownSenderSeen(organisation, client.Id, number, sitter, now), now));
            }
        }
    }

    private static List<UnknownSender> Unknown(
        IReadOnlyList<WaitingText> texts,
        RoutingDirectory directory,
        DateTimeOffset now)
    {
        var unknown = new List<UnknownSender>();
        foreach (var text in texts)
        {
            if (text is { Sender: { } sender, IsEmpty: false }
                && directory.Number(text) is { Lifecycle: NumberLifecycle.ReservedActive, SitterId: { } sitterId } number
                && directory.Sitter(sitterId) is { Active: true } sitter
                && sitter.RealNumber != sender
                && directory.ClientSender(text, number.OrganisationId) is null
                && !unknown.Any(other => other.Organisation == number.OrganisationId && other.Number == sender))
            {
                unknown.Add(new(number.OrganisationId, sender, ClientId.New(now), sitterId));
            }
        }

        return unknown;
    }

    private sealed record UnknownSender(OrganisationId Organisation, E164Number Number, ClientId Id, SitterId Sitter);
}
