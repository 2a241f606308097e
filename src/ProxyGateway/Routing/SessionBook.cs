using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Sessions;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>The sessions that one routing transaction works on and the pool numbers it may choose from.</summary>
internal sealed class SessionBook
{
    private readonly Dictionary<(SitterId, ClientId), Session> _open = [];
    private readonly Dictionary<(SitterId, E164Number), Session> _threads = [];
    private readonly Dictionary<(SitterId, ClientId), Session> _former = [];
    private readonly Dictionary<(SitterId, E164Number), List<Session>> _formerThreads = [];
    private readonly Dictionary<(SitterId, E164Number), DateTimeOffset> _lastUsed = [];
    private readonly List<KnownNumber> _pool = [];

    /// <summary>Where answers may go; read for the sessions that answers of this transaction can belong to.</summary>
    public AnswerAddresses Addresses { get; } = new();

    /// <summary>Adds an open session.</summary>
    public void AddOpen(Session session)
    {
        _open[(session.SitterId, session.ClientId)] = session;
        _threads[(session.SitterId, session.PoolNumber)] = session;
        _lastUsed[(session.SitterId, session.PoolNumber)] = session.LastInteractionAt;
    }

    /// <summary>Adds a closed session; the newest of a pair comes first.</summary>
    public void AddFormer(Session session)
    {
        _former.TryAdd((session.SitterId, session.ClientId), session);
        var thread = (session.SitterId, session.PoolNumber);
        if (!_formerThreads.TryGetValue(thread, out var sessions))
        {
            _formerThreads[thread] = sessions = [];
        }

        sessions.Add(session);
        if (session.LastInteractionAt > _lastUsed.GetValueOrDefault(thread))
        {
            _lastUsed[thread] = session.LastInteractionAt;
        }
    }

    public void AddPoolNumber(KnownNumber number) => _pool.Add(number);

    public Session? OpenOf(SitterId sitter, ClientId client) => _open.GetValueOrDefault((sitter, client));

    public Session? OpenOn(SitterId sitter, E164Number poolNumber) => _threads.GetValueOrDefault((sitter, poolNumber));

    /// <summary>The newest closed session of a pair.</summary>
    public Session? FormerOf(SitterId sitter, ClientId client) => _former.GetValueOrDefault((sitter, client));

    /// <summary>Every client that this thread on the sitter's phone has stood for, by their newest closed session.</summary>
    public IReadOnlyList<Session> FormerOn(SitterId sitter, E164Number poolNumber) =>
        _formerThreads.TryGetValue((sitter, poolNumber), out var sessions)
            ? [.. sessions.DistinctBy(session => session.ClientId)]
            : [];

    /// <summary>Every session that a text of this sitter to this number can be an answer in.</summary>
    public IEnumerable<Session> AnsweredIn(SitterId sitter, E164Number poolNumber) => OpenOn(sitter, poolNumber) is { } open
        ? [open]
        : FormerOn(sitter, poolNumber).SelectMany(former => OpenOf(sitter, former.ClientId) is { } elsewhere
            ? (Session[])[former, elsewhere]
            : [former]);

    /// <summary>
    /// Chooses a pool number for a new session: one that this sitter has in no open session, with the client's area code
    /// first, then the one that this sitter used longest ago.
    /// </summary>
    /// <returns>None when the pool is exhausted for this sitter.</returns>
    public KnownNumber? ChooseNumber(OrganisationId organisation, SitterId sitter, E164Number client) => _pool
        .Where(number => number.OrganisationId == organisation && OpenOn(sitter, number.Number) is null)
        .OrderByDescending(number => HasSameAreaCode(number.Number, client))
        .ThenBy(number => _lastUsed.GetValueOrDefault((sitter, number.Number)))
        .ThenBy(number => number.Id.Value)
        .FirstOrDefault();

    /// <summary>Whether a pool number can take this sitter's former thread again.</summary>
    public bool IsFree(SitterId sitter, E164Number poolNumber) =>
        OpenOn(sitter, poolNumber) is null && _pool.Any(number => number.Number == poolNumber);

    // Only North American numbers show their area at a fixed place: +1, then three digits.
    private static bool HasSameAreaCode(E164Number one, E164Number other) =>
        one.Reveal() is ['+', '1', ..] and { Length: 12 } number
        && other.Reveal().AsSpan().StartsWith(number.AsSpan(0, 5), StringComparison.Ordinal);
}
