using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.DeadLetters.Settling;

/// <summary>
/// Sends dead letters again, or throws them away. The row is locked from the question to the commit, so of two who ask at
/// the same time one acts and the other sees what was done.
/// </summary>
/// <remarks>
/// Sent before the commit, as the outbox's relay does: a crash in between sends the message a second time with the same id,
/// which consumers know by their inbox or their state. The other way round it could be lost.
/// </remarks>
internal sealed class DeadLetterDesk(AlertDbContext db, DeadLetterPost post, DeadLetterSignal signal, TimeProvider clock)
{
    /// <summary>Sends one again.</summary>
    /// <returns>A <see cref="DeadLetterView"/> or a <see cref="Refused"/>.</returns>
    public async Task<object> SendAgainAsync(SendDeadLetterAgain request, CancellationToken cancellationToken)
    {
        if (Refusals.By(request.By) is { } refused)
        {
            return refused;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var letter = await LockAsync(request.DeadLetterId, cancellationToken);
        switch (letter?.State)
        {
            case null:
                return Refusals.UnknownDeadLetter();
            case DeadLetterState.SentAgain:
                return letter.ToView();
            case DeadLetterState.Discarded:
                return Refusals.Discarded();
            case DeadLetterState.Open when !await post.SendAsync(letter, cancellationToken):
                return Refusals.QueueGone();
            case DeadLetterState.Open:
                break;
            default:
                throw new UnreachableException();
        }

        var now = clock.GetStorableNow();
        letter.Settle(DeadLetterState.SentAgain, request.By, why: null, now);
        db.Outbox.Add(OutboxMessage.Of(
            new DeadLetterSentAgain(
                OrganisationId.Default, letter.Id, letter.Queue, letter.Type, request.By, request.ApiKeyId, now),
            now));

        // Not to be given up half-way: it is sent.
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Wake();
        return letter.ToView();
    }

    /// <summary>Throws one away.</summary>
    /// <returns>A <see cref="DeadLetterView"/> or a <see cref="Refused"/>.</returns>
    public async Task<object> DiscardAsync(DiscardDeadLetter request, CancellationToken cancellationToken)
    {
        if ((Refusals.By(request.By) ?? Refusals.Why(request.Why)) is { } refused)
        {
            return refused;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var letter = await LockAsync(request.DeadLetterId, cancellationToken);
        switch (letter?.State)
        {
            case null:
                return Refusals.UnknownDeadLetter();
            case DeadLetterState.Discarded:
                return letter.ToView();
            case DeadLetterState.SentAgain:
                return Refusals.SentAgain();
            case DeadLetterState.Open:
                break;
            default:
                throw new UnreachableException();
        }

        var now = clock.GetStorableNow();
        letter.Settle(DeadLetterState.Discarded, request.By, request.Why, now);
        db.Outbox.Add(OutboxMessage.Of(
            new DeadLetterDiscarded(
                OrganisationId.Default, letter.Id, letter.Queue, letter.Type, request.By, request.Why, request.ApiKeyId, now),
            now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Wake();
        return letter.ToView();
    }

    private Task<DeadLetter?> LockAsync(Guid id, CancellationToken cancellationToken) => db.DeadLetters
        .FromSql($"SELECT * FROM alerts.dead_letters WHERE id = {id} FOR UPDATE")
        .SingleOrDefaultAsync(cancellationToken);
}
