using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Reads who is who for the addresses of some texts, in one round trip.</summary>
internal static class DirectoryReader
{
    private const string Numbers = """
        SELECT id, organisation_id, number, lifecycle, status, sitter_id, version, changed_at
        FROM gateway.numbers WHERE number = ANY($1) AND status <> 4
        """;

    private const string Sitters = """
        SELECT id, organisation_id, name, real_number, reserved_number, active, version FROM gateway.sitters
        WHERE id IN (SELECT sitter_id FROM gateway.numbers WHERE number = ANY($1) AND status <> 4)
        UNION
        SELECT id, organisation_id, name, real_number, reserved_number, active, version FROM gateway.sitters
        WHERE active AND real_number = ANY($2)
        """;

    private const string Clients = """
        SELECT client.id, client.organisation_id, client.name, client.provisional, client.version, phone.number
        FROM gateway.client_numbers phone JOIN gateway.clients client ON client.id = phone.client_id
        WHERE phone.number = ANY($1)
        """;

    public static async Task<RoutingDirectory> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<WaitingText> texts,
        CancellationToken cancellationToken)
    {
        var ours = texts.Select(text => text.To).Distinct().ToArray();
        var senders = texts.Select(text => text.From).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Query(Numbers, ours), Query(Sitters, ours, senders), Query(Clients, senders) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var directory = new RoutingDirectory();
        while (await reader.ReadAsync(cancellationToken))
        {
            directory.Add(ReadNumber(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            directory.Add(ReadSitter(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            directory.Add(ReadClient(reader), E164Number.Parse(reader.GetString(5)));
        }

        return directory;
    }

    public static KnownNumber ReadNumber(NpgsqlDataReader reader) => new()
    {
        Id = new NumberId(reader.GetGuid(0)),
        OrganisationId = new OrganisationId(reader.GetGuid(1)),
        Number = E164Number.Parse(reader.GetString(2)),
        Lifecycle = (NumberLifecycle)reader.GetInt16(3),
        Status = (NumberStatus)reader.GetInt16(4),
        SitterId = reader.Nullable<Guid?>(5) is { } sitter ? new SitterId(sitter) : null,
        Version = reader.GetInt64(6),
        ChangedAt = reader.GetFieldValue<DateTimeOffset>(7),
    };

    private static KnownSitter ReadSitter(NpgsqlDataReader reader) => new()
    {
        Id = new SitterId(reader.GetGuid(0)),
        OrganisationId = new OrganisationId(reader.GetGuid(1)),
        Name = reader.GetString(2),
        RealNumber = E164Number.Parse(reader.GetString(3)),
        ReservedNumber = reader.Nullable<string>(4) is { } reserved ? E164Number.Parse(reserved) : null,
        Active = reader.GetBoolean(5),
        Version = reader.GetInt64(6),
    };

    private static KnownClient ReadClient(NpgsqlDataReader reader) => new()
    {
        Id = new ClientId(reader.GetGuid(0)),
        OrganisationId = new OrganisationId(reader.GetGuid(1)),
        Name = reader.GetString(2),
        Provisional = reader.GetBoolean(3),
        Version = reader.GetInt64(4),
    };

    private static NpgsqlBatchCommand Query(string statement, params string[][] columns)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var column in columns)
        {
            command.Parameters.Add(new NpgsqlParameter<string[]>
            {
                TypedValue = column,
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            });
        }

        return command;
    }
}
