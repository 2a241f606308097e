using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Sessions;

/// <summary>Keeps which sessions are open. The newest news wins, so order and repeats do not matter.</summary>
internal sealed class SessionNews(NumberDbContext db) : IConsumer<SessionOpened>, IConsumer<SessionClosed>
{
    public Task Consume(ConsumeContext<SessionOpened> context)
    {
        var opened = context.Message;
        return SaveAsync(
            new KnownSession
            {
                Id = opened.SessionId,
                OrganisationId = opened.OrganisationId,
                SitterId = opened.SitterId,
                NumberId = opened.NumberId,
                Open = true,
                ChangedAt = opened.OccurredAt,
            },
            context.CancellationToken);
    }

    public Task Consume(ConsumeContext<SessionClosed> context)
    {
        var closed = context.Message;
        return SaveAsync(
            new KnownSession
            {
                Id = closed.SessionId,
                OrganisationId = closed.OrganisationId,
                SitterId = closed.SitterId,
                NumberId = closed.NumberId,
                Open = false,
                ChangedAt = closed.OccurredAt,
            },
            context.CancellationToken);
    }

    // Of two at the same microsecond the end wins: a number that seems free too early is worse for nobody than one that
    // seems taken for ever.
    private Task<int> SaveAsync(KnownSession session, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.sessions AS known (id, organisation_id, sitter_id, number_id, open, changed_at)
            VALUES ({session.Id.Value}, {session.OrganisationId.Value}, {session.SitterId.Value},
                {session.NumberId.Value}, {session.Open}, {session.ChangedAt})
            ON CONFLICT (id) DO UPDATE SET
                number_id = excluded.number_id, open = excluded.open, changed_at = excluded.changed_at
            WHERE known.changed_at < excluded.changed_at
                OR (known.changed_at = excluded.changed_at AND known.open AND NOT excluded.open)
            """,
            cancellationToken);
}

internal sealed class SessionNewsDefinition()
    : ServiceConsumerDefinition<SessionNews>("number-service.sessions", concurrency: 8);
