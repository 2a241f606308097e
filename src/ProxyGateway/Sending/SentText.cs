using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>What the events about a text of ours need to know of it.</summary>
/// <param name="Id">The text.</param>
/// <param name="OrganisationId">Its organisation.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="SessionId">Its session, if any.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned.</param>
/// <param name="From">Our number.</param>
/// <param name="Conversation">Hash of (our number, the receiver).</param>
/// <param name="Sequence">Its place in the order of sending.</param>
/// <param name="IsRetry">It repeats a text that failed.</param>
internal sealed record SentText(
    MessageId Id,
    OrganisationId OrganisationId,
    MessageDirection Direction,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    E164Number From,
    long Conversation,
    long Sequence,
    bool IsRetry)
{
    /// <summary>
    /// Reads the columns id, organisation_id, direction, session_id, sitter_id, client_id, from_number, conversation,
    /// sequence, and whether it is a retry.
    /// </summary>
    public static SentText Read(NpgsqlDataReader reader) => new(
        new MessageId(reader.GetGuid(0)),
        new OrganisationId(reader.GetGuid(1)),
        (MessageDirection)reader.GetInt16(2),
        reader.Nullable<Guid?>(3) is { } session ? new SessionId(session) : null,
        reader.Nullable<Guid?>(4) is { } sitter ? new SitterId(sitter) : null,
        reader.Nullable<Guid?>(5) is { } client ? new ClientId(client) : null,
        E164Number.Parse(reader.GetString(6)),
        reader.GetInt64(7),
        reader.GetInt64(8),
        reader.GetBoolean(9));

    /// <summary>That it arrived.</summary>
    public MessageDelivered Arrived(DateTimeOffset now) =>
        new(Guid.CreateVersion7(now), OrganisationId, Id, SessionId, SitterId, ClientId, now);

    /// <summary>
    /// The events that a change of state causes, besides its arrival: at most one that it was sent, and one that it failed or
    /// did not fail after all. A text fails once, whatever else is reported of it.
    /// </summary>
    public IEnumerable<OutboxMessage> EventsOf(
        OutboundState was,
        OutboundState state,
        int? errorCode,
        DateTimeOffset now,
        MessageId? inboundId = null,
        string? reason = null)
    {
        if (was < OutboundState.Sent && state is OutboundState.Sent or OutboundState.Delivered or OutboundState.Undelivered)
        {
            yield return OutboxMessage.Of(
                new MessageSent(OrganisationId, Id, inboundId, Direction, SessionId, SitterId, ClientId, now), now);
        }

        if (state == was)
        {
            yield break;
        }

        if (state == OutboundState.Delivered && (IsRetry || was is OutboundState.Failed or OutboundState.Undelivered))
        {
            yield return OutboxMessage.Of(new FailureResolved(OrganisationId, Id, now), now);
        }
        else if (state is OutboundState.Failed or OutboundState.Undelivered && was != OutboundState.Failed)
        {
            var why = reason ?? (state == OutboundState.Failed ? "failed" : "undelivered");
            yield return OutboxMessage.Of(
                new MessageFailed(
                    OrganisationId,
                    Id,
                    Direction,
                    SessionId,
                    SitterId,
                    ClientId,
                    errorCode,
                    why,
                    now,
                    From,
                    Conversation,
                    Sequence),
                now);
        }
    }
}
