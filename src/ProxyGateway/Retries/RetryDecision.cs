using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Retries;

/// <summary>Whether a failed text goes out once more.</summary>
/// <param name="Retry">What was asked.</param>
/// <param name="Text">The text, when it is known.</param>
/// <param name="Reason">Why not; none when it does.</param>
internal sealed record RetryDecision(MessageRetry Retry, FailedText? Text, string? Reason)
{
    public static RetryDecision On(MessageRetry retry, FailedText? text, DateTimeOffset now) => new(
        retry,
        text,
        text is null ? "unknown-text" : text.ReasonToDrop ?? (retry.NotAfter < now ? "too-late" : null));

    /// <summary>The event that tells of it.</summary>
    public OutboxMessage EventOf(OrganisationId organisation, DateTimeOffset now) => Reason is { } reason
        ? OutboxMessage.Of(
            new MessageRetryDropped(
                organisation, Retry.MessageId, Retry.RetryId, Text?.SessionId, Text?.SitterId, Text?.ClientId, reason, now),
            now)
        : OutboxMessage.Of(
            new MessageRetried(
                organisation, Retry.MessageId, Retry.RetryId, Text?.SessionId, Text?.SitterId, Text?.ClientId, now),
            now);
}
