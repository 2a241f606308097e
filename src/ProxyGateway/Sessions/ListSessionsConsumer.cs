using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>Answers with a page of sessions, newest first. Reads only.</summary>
internal sealed class ListSessionsConsumer(GatewayDbContext db) : IConsumer<ListSessions>
{
    public async Task Consume(ConsumeContext<ListSessions> context) =>
        await context.RespondAsync(await SessionList.ReadAsync(db, context.Message, context.CancellationToken));
}

internal sealed class ListSessionsConsumerDefinition()
    : ServiceConsumerDefinition<ListSessionsConsumer>("proxy-gateway.list-sessions", concurrency: 8);

/// <summary>Reads sessions for people: with the names of both sides.</summary>
internal static class SessionList
{
    private const int MaxLimit = 200;

    public static async Task<SessionPage> ReadAsync(GatewayDbContext db, ListSessions request, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(request.Limit, 1, MaxLimit);
        var sessions = db.Sessions.AsNoTracking().Where(session => session.OrganisationId == request.OrganisationId);
        if (request.OpenOnly)
        {
            sessions = sessions.Where(session => session.Open);
        }

        if (request.After is { } after)
        {
            // Ids are UUIDv7, so their order is the order of opening.
            sessions = sessions.Where(session => ((Guid)(object)session.Id).CompareTo(after.Value) < 0);
        }

        var items = await View(db, sessions.OrderByDescending(session => session.Id).Take(limit)).ToListAsync(cancellationToken);
        return new SessionPage(items, items.Count == limit ? items[^1].Id : null);
    }

    /// <summary>Reads one session; none when the organisation has no such session.</summary>
    public static Task<SessionView?> ReadOneAsync(
        GatewayDbContext db,
        OrganisationId organisation,
        SessionId id,
        CancellationToken cancellationToken) =>
        View(db, db.Sessions.AsNoTracking().Where(session => session.OrganisationId == organisation && session.Id == id))
            .SingleOrDefaultAsync(cancellationToken);

    private static IQueryable<SessionView> View(GatewayDbContext db, IQueryable<Session> sessions) =>
        from session in sessions
        join sitter in db.Sitters on session.SitterId equals sitter.Id
        join client in db.Clients on session.ClientId equals client.Id
        orderby session.Id descending
        select new SessionView(
            session.Id,
            session.SitterId,
            sitter.Name,
            session.ClientId,
            client.Name,
            session.ReservedNumber,
            session.PoolNumber,
            session.Open,
            session.OpenedAt,
            session.LastInteractionAt,
            session.ExpiresAt,
            session.ClosedReason);
}
