using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Everything that one routing transaction will write.</summary>
internal sealed class RoutingPlan
{
    private const short FirstNoticePart = 100;
    private const short OtherSidePart = 101;
    private readonly Dictionary<SessionId, Session> _sessions = [];
    private readonly HashSet<SessionId> _opened = [];

    public List<OutboundMessage> Texts { get; } = [];

    public List<InboundOutcome> Outcomes { get; } = [];

    public List<OutboxMessage> Events { get; } = [];

    public List<OptOutChange> OptOuts { get; } = [];

    /// <summary>How long a text waits for news.</summary>
    public TimeSpan NewsPatience { get; init; }

    /// <summary>Texts that begin to wait for news.</summary>
    public List<AwaitingText> Awaiting { get; } = [];

    /// <summary>The commands in the outbox that are carried out with it, and need not be published any more.</summary>
    public Guid[] Commands { get; init; } = [];

    /// <summary>Every session that it takes for open was read with a lock: none can have ended since.</summary>
    public bool SessionsAreLocked { get; set; }

    /// <summary>Sessions that are new or changed.</summary>
    public IReadOnlyCollection<Session> Sessions => _sessions.Values;

    public void Save(Session session) => _sessions[session.Id] = session;

    /// <summary>The session is new or open again; it was not open before.</summary>
    public void Open(Session session)
    {
        _opened.Add(session.Id);
        Save(session);
    }

    /// <summary>Whether the plan takes the session for one that is open already.</summary>
    public bool FoundOpen(Session session) => !_opened.Contains(session.Id);

    /// <summary>The text goes on, as one or several texts of ours.</summary>
    public void Relay(WaitingText text, Session session, MessageDirection direction, IReadOnlyList<string> parts, DateTimeOffset now)
    {
        Outcomes.Add(new(text.Id, InboundState.Relayed, null, session.OrganisationId, session.Id));
        for (var part = 0; part < parts.Count; part++)
        {
            var toSitter = direction == MessageDirection.ClientToSitter;
            Texts.Add(new OutboundMessage
            {
                Id = MessageId.New(now),
                OrganisationId = session.OrganisationId,
                InboundId = text.Id,
                Part = (short)part,
                Direction = direction,
                SessionId = session.Id,
                SitterId = session.SitterId,
                ClientId = session.ClientId,
                FromNumber = toSitter ? session.PoolNumber : session.ReservedNumber,
                ToNumber = toSitter ? SitterNumbers[session.SitterId] : session.ClientNumber,
                Body = parts[part],

                // The pictures go with the first part.
                Media = part == 0 ? text.Media : [],
                DueAt = now,
                TraceParent = text.TraceParent,
                CreatedAt = now,
            });
        }
    }

    /// <summary>The sitters' own phones, by sitter.</summary>
    public required IReadOnlyDictionary<SitterId, E164Number> SitterNumbers { get; init; }

    /// <summary>The text is stored and not passed on.</summary>
    public void NotRelayed(
        WaitingText text,
        OrganisationId organisation,
        string reason,
        DateTimeOffset now,
        NumberId? number = null,
        SitterId? sitter = null)
    {
        Outcomes.Add(new(text.Id, InboundState.NotRelayed, reason, organisation, null));
        Events.Add(OutboxMessage.Of(new MessageNotRelayed(organisation, text.Id, number, sitter, reason, now), now));
    }

    /// <summary>
    /// Nobody is known whom the text could be for: it waits for news that may be on their way. When it has waited long enough it
    /// is stored and not passed on.
    /// </summary>
    public void AwaitNews(
        WaitingText text,
        OrganisationId organisation,
        string reason,
        DateTimeOffset now,
        NumberId? number = null)
    {
        // A text that was held was for somebody who has gone: that is no gap in what is known.
        if (text.State == InboundState.Held || text.DecideBy <= now)
        {
            NotRelayed(text, organisation, reason, now, number);
        }
        else if (text.DecideBy is null)
        {
            Awaiting.Add(new(text.Id, reason, now + NewsPatience));
        }
    }

    /// <summary>The text waits for a pool number; the owner hears of it once for each text.</summary>
    public void Hold(WaitingText text, OrganisationId organisation, SitterId sitter, ClientId client, DateTimeOffset now)
    {
        if (text.State == InboundState.Held)
        {
            return;
        }

        Outcomes.Add(new(text.Id, InboundState.Held, "pool-exhausted", organisation, null));
        Events.Add(OutboxMessage.Of(new PoolExhausted(organisation, sitter, client, text.Id, now), now));
    }

    /// <summary>The author of a text is told why it went nowhere, from the number that was texted.</summary>
    public void Notify(WaitingText text, OrganisationId organisation, string body, DateTimeOffset now, SitterId? sitter = null) =>
        Texts.Add(new OutboundMessage
        {
            Id = MessageId.New(now),
            OrganisationId = organisation,
            InboundId = text.Id,
            Part = FirstNoticePart,
            Direction = MessageDirection.Notice,
            SitterId = sitter,
            FromNumber = E164Number.Parse(text.To),
            ToNumber = text.Sender!,
            Body = body,
            Media = [],
            DueAt = now,
            TraceParent = text.TraceParent,
            CreatedAt = now,
        });

    /// <summary>The other side of a session is told of what its author's text changes, in the thread that it knows.</summary>
    public void TellOtherSide(WaitingText text, Session session, bool toSitter, string body, DateTimeOffset now) =>
        Texts.Add(new OutboundMessage
        {
            Id = MessageId.New(now),
            OrganisationId = session.OrganisationId,
            InboundId = text.Id,
            Part = OtherSidePart,
            Direction = MessageDirection.Notice,
            SessionId = session.Id,
            SitterId = session.SitterId,
            ClientId = session.ClientId,
            FromNumber = toSitter ? session.PoolNumber : session.ReservedNumber,
            ToNumber = toSitter ? SitterNumbers[session.SitterId] : session.ClientNumber,
            Body = body,
            Media = [],
            DueAt = now,
            TraceParent = text.TraceParent,
            CreatedAt = now,
        });
}

/// <summary>What became of a text that came in.</summary>
internal sealed record InboundOutcome(
    MessageId Id,
    InboundState State,
    string? Reason,
    OrganisationId OrganisationId,
    SessionId? SessionId);
