using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// Gives a pair its session: the open one, the former one reopened, or a new one. Pure: it reads the book, and writes to the
/// plan.
/// </summary>
internal sealed class SessionOpening(SessionBook book, RoutingPlan plan, TimeSpan timeToLive, DateTimeOffset now)
{
    /// <summary>Finds or opens the pair's session. A session that is open already is not changed.</summary>
    /// <param name="organisation">The organisation of both.</param>
    /// <param name="sitter">The sitter.</param>
    /// <param name="client">The client.</param>
    /// <param name="clientNumber">The client's phone.</param>
    /// <param name="reserved">The sitter's Reserved number.</param>
    /// <returns>None when the pool is exhausted for this sitter.</returns>
    public Session? For(
        OrganisationId organisation,
        SitterId sitter,
        ClientId client,
        E164Number clientNumber,
        E164Number reserved)
    {
        if (book.OpenOf(sitter, client) is { } open)
        {
            return open;
        }

        // Sticky: the pair's former pool number, so that the thread on the sitter's phone stays the same.
        if (book.FormerOf(sitter, client) is { } former && book.IsFree(sitter, former.PoolNumber))
        {
            former.ClientNumber = clientNumber;
            former.ReservedNumber = reserved;
            Reopen(former);
            return former;
        }

        if (book.ChooseNumber(organisation, sitter, clientNumber) is not { } number)
        {
            return null;
        }

        var session = new Session
        {
            Id = SessionId.New(now),
            OrganisationId = organisation,
            SitterId = sitter,
            ClientId = client,
            ClientNumber = clientNumber,
            ReservedNumber = reserved,
            PoolNumber = number.Number,
            PoolNumberId = number.Id,
            Open = true,
            OpenedAt = now,
            LastInteractionAt = now,
            ExpiresAt = now + timeToLive,
        };
        book.AddOpen(session);
        Announce(session, reopened: false);
        return session;
    }

    /// <summary>Opens a closed session again.</summary>
    public void Reopen(Session session)
    {
        session.Reopen(now, timeToLive);
        book.AddOpen(session);
        Announce(session, reopened: true);
    }

    private void Announce(Session session, bool reopened)
    {
        plan.Open(session);
        plan.Events.Add(OutboxMessage.Of(
            new SessionOpened(
                session.OrganisationId,
                session.Id,
                session.SitterId,
                session.ClientId,
                session.PoolNumberId,
                reopened,
                now),
            now));
    }
}
