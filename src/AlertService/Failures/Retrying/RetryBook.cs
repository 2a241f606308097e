using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Retrying;

/// <summary>Plans retries and keeps where they stand. A state only grows, so reports may come in any order and repeatedly.</summary>
internal sealed class RetryBook(AlertDbContext db, IOptions<FailureOptions> options)
{
    /// <summary>Why a retry is dropped whose text arrived after all.</summary>
    public const string Delivered = "delivered";

    private const string SentAgain = "sent-again";

    // The gateway says of each retry either that it is sent or that it is dropped; what Twilio says of it is stronger.
    private static readonly RetryState[] Order =
        [RetryState.Waiting, RetryState.Ordered, RetryState.Sent, RetryState.Dropped, RetryState.Failed, RetryState.Delivered];

    /// <summary>Finds the text that a retry repeats.</summary>
    /// <returns>None when the text is no retry.</returns>
    public async Task<MessageId?> FindOriginalAsync(MessageId retryId, CancellationToken cancellationToken)
    {
        var found = await db.Retries.AsNoTracking()
            .Where(retry => retry.RetryId == retryId)
            .Select(retry => retry.MessageId)
            .Take(1)
            .ToListAsync(cancellationToken);
        return found is [var original] ? original : null;
    }

    /// <summary>Plans the retry of a failed text; it is saved with the context's next changes.</summary>
    /// <param name="failed">The failure.</param>
    /// <param name="arrived">Whether the text arrived all the same: then the retry is dropped at once.</param>
    /// <param name="now">The time, in UTC.</param>
    public void Plan(MessageFailed failed, bool arrived, DateTimeOffset now)
    {
        // From the time of the failure, not of now: whatever stood in a queue meanwhile, the text is sent ten minutes later.
        var dueAt = failed.OccurredAt.ToUniversalTime() + options.Value.RetryDelay;
        db.Retries.Add(new PlannedRetry
        {
            MessageId = failed.MessageId,
            RetryId = MessageId.New(now),
            OrganisationId = failed.OrganisationId,
            Conversation = failed.Conversation == 0 ? AloneIn(failed.MessageId) : failed.Conversation,
            Sequence = failed.Sequence,
            State = arrived ? RetryState.Dropped : RetryState.Waiting,
            Reason = arrived ? Delivered : null,
            DueAt = dueAt,
        });
    }

    /// <summary>Records what became of a retry; a state that is stronger already stays.</summary>
    /// <param name="retryId">The retry's own text.</param>
    /// <param name="state">The state.</param>
    /// <param name="reason">Why it was dropped.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <returns>How many retries changed: one, or none.</returns>
    public Task<int> AdvanceAsync(
        MessageId retryId, RetryState state, string? reason, CancellationToken cancellationToken)
    {
        var weaker = Order[..Array.IndexOf(Order, state)];
        return db.Retries
            .Where(retry => retry.RetryId == retryId && weaker.Contains(retry.State))
            .ExecuteUpdateAsync(
                update => update.SetProperty(retry => retry.State, state).SetProperty(retry => retry.Reason, reason),
                cancellationToken);
    }

    /// <summary>
    /// Whether a text is lost when its retry is dropped for this reason (the words of <see cref="MessageRetryDropped"/>): not
    /// when it arrived after all, nor when its author has sent the same again, which is told of if it fails.
    /// </summary>
    public static bool IsLostBy(string reason) => reason is not (Delivered or SentAgain);

    // A report without a conversation, from a gateway of before: a conversation of its own.
    private static long AloneIn(MessageId id) => BitConverter.ToInt64(id.Value.ToByteArray().AsSpan(8));
}
