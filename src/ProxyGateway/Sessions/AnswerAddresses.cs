using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>
/// Where sitters' answers may go and what they may leave from today. A session only remembers the phone and the number that it
/// was used with last: they may be somebody else's by now.
/// </summary>
internal sealed class AnswerAddresses
{
    // A provisional client, who comes without a number here, is whoever has the phone, until the merge that names its owner.
    private const string Phones = """
        SELECT client_id, number FROM gateway.client_numbers WHERE client_id = ANY($1)
        UNION ALL
        SELECT id, NULL FROM gateway.clients WHERE id = ANY($1) AND provisional
        """;

    private const string Numbers = """
        SELECT number, sitter_id FROM gateway.numbers WHERE number = ANY($1) AND status <> 4 AND lifecycle IN (1, 2)
        """;

    private readonly Dictionary<ClientId, List<E164Number>> _phones = [];
    private readonly HashSet<ClientId> _provisional = [];
    private readonly Dictionary<E164Number, SitterId?> _owners = [];

    /// <summary>
    /// Reads what answers in some sessions need. Call when the sessions are locked: what has moved them to another client has
    /// then moved the phones, too.
    /// </summary>
    public async Task ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<Session> sessions,
        CancellationToken cancellationToken)
    {
        var clients = sessions.Select(session => session.ClientId).Distinct().ToList();
        foreach (var client in clients)
        {
            _phones[client] = [];
        }

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Query(Phones, NpgsqlDbType.Uuid, clients.ConvertAll(client => client.Value).ToArray()),
                Query(Numbers, NpgsqlDbType.Text, sessions.Select(session => session.ReservedNumber.Reveal()).Distinct().ToArray()),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var client = new ClientId(reader.GetGuid(0));
            if (reader.Nullable<string>(1) is { } number)
            {
                _phones[client].Add(E164Number.Parse(number));
            }
            else
            {
                _provisional.Add(client);
            }
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _owners[E164Number.Parse(reader.GetString(0))] =
                reader.Nullable<Guid?>(1) is { } sitter ? new SitterId(sitter) : null;
        }
    }

    /// <summary>
    /// The client's phone: the one used last as long as it is theirs, else another of theirs; none when they have none.
    /// </summary>
    public E164Number? PhoneOf(Session session)
    {
        var phones = _phones[session.ClientId];
        return phones.Contains(session.ClientNumber) || _provisional.Contains(session.ClientId)
            ? session.ClientNumber
            : phones.MinBy(phone => phone.Reveal(), StringComparer.Ordinal);
    }

    /// <summary>What the client is to see: the sitter's number, else the one that she had; none when that is not hers alone.</summary>
    public E164Number? SenderOf(Session session, E164Number? reserved) =>
        reserved is null && _owners.TryGetValue(session.ReservedNumber, out var owner) && (owner is null || owner == session.SitterId)
            ? session.ReservedNumber
            : reserved;

    private static NpgsqlBatchCommand Query<T>(string statement, NpgsqlDbType type, T[] values) => new(statement)
    {
        Parameters = { new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type } },
    };
}
