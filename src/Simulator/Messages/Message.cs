namespace PhoneMasking.Simulator.Messages;

/// <summary>Who started a message, seen from the account.</summary>
internal enum MessageDirection
{
    /// <summary>A handset sent it to a number of the account.</summary>
    Inbound,

    /// <summary>Sent through the REST API.</summary>
    OutboundApi,

    /// <summary>Sent by TwiML, or by Twilio itself in answer to STOP, START and HELP.</summary>
    OutboundReply,
}

/// <summary>Twilio's message states, as far as the simulator goes through them.</summary>
public enum MessageStatus
{
    Queued,
    Sent,
    Delivered,
    Undelivered,
    Failed,
    Canceled,
    Received,
}

/// <summary>What changes about a message. Replaced as a whole, so that a reader never sees half a change.</summary>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Updated">When it got there.</param>
/// <param name="Sent">When it left Twilio; null before.</param>
/// <param name="ErrorCode">Twilio's code for a failure, for example 30003.</param>
internal sealed record MessageState(MessageStatus Status, DateTimeOffset Updated, DateTimeOffset? Sent, int? ErrorCode)
{
    /// <summary>Whether nothing more happens to the message.</summary>
    public bool IsFinal => Status is not (MessageStatus.Queued or MessageStatus.Sent);
}

/// <summary>A text or picture message, in either direction.</summary>
internal sealed class Message(
    string sid,
    MessageDirection direction,
    string from,
    string to,
    string body,
    IReadOnlyList<string> media,
    DateTimeOffset created)
{
    private volatile MessageState _state = new(
        direction == MessageDirection.Inbound ? MessageStatus.Received : MessageStatus.Queued,
        created,
        direction == MessageDirection.Inbound ? created : null,
        ErrorCode: null);

    public string Sid { get; } = sid;

    public MessageDirection Direction { get; } = direction;

    public string From { get; } = from;

    public string To { get; } = to;

    /// <summary>The text. Emptied when the client redacts it.</summary>
    public string Body { get; set; } = body;

    public IReadOnlyList<string> Media { get; } = media;

    public DateTimeOffset Created { get; } = created;

    /// <summary>Place in the order of acceptance, from 1; set by the store.</summary>
    public long Sequence { get; set; }

    /// <summary>Whether the client deleted it. It is not listed any more.</summary>
    public bool IsDeleted { get; set; }

    public string? StatusCallback { get; init; }

    public string? MessagingServiceSid { get; init; }

    /// <summary>The last status callback under way, so that the next can follow it.</summary>
    public Task Callbacks { get; set; } = Task.CompletedTask;

    /// <summary>
    /// For a handset's text: what the webhook answered; null while it is under way, 0 when nobody answered.
    /// </summary>
    public int? WebhookStatus { get; set; }

    public MessageState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>
    /// The number that is not the account's: the sender of what came in, the recipient of what goes out.
    /// </summary>
    public string Handset => Direction == MessageDirection.Inbound ? From : To;

    /// <summary>The account's number: what the handset sees.</summary>
    public string OwnNumber => Direction == MessageDirection.Inbound ? To : From;

    /// <summary>Whether the handset has it.</summary>
    public bool HasArrived => Direction == MessageDirection.Inbound || State.Status == MessageStatus.Delivered;
}
