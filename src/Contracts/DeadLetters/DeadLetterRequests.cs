namespace PhoneMasking.Contracts;

/// <summary>Where a dead letter stands.</summary>
public enum DeadLetterState
{
    /// <summary>Waits for somebody to decide.</summary>
    Open = 0,

    /// <summary>Went back to its queue. If it dies again, that is a new dead letter.</summary>
    SentAgain = 1,

    /// <summary>Thrown away.</summary>
    Discarded = 2,
}

/// <summary>
/// Request to AlertService: a page of the messages that no consumer could process, newest first. They are the
/// installation's: whoever may see one, sees all organisations'. Answer: <see cref="DeadLetterPage"/> or
/// <see cref="Refused"/>.
/// </summary>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="State">Only these; none for all.</param>
/// <param name="Queue">Only of this queue, for example <c>alert-service.audit</c>; none for all.</param>
public sealed record ListDeadLetters(Guid? After, int Limit, DeadLetterState? State = null, string? Queue = null);

/// <summary>Answer to <see cref="ListDeadLetters"/>.</summary>
/// <param name="Items">The dead letters of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
/// <param name="Open">How many are open in all.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> Items, Guid? Next, int Open);

/// <summary>
/// A message that no consumer could process: which, where and why. What it says stays in the database, because it may hold
/// numbers and texts.
/// </summary>
/// <param name="Id">The dead letter.</param>
/// <param name="Queue">The queue that it was taken from, and would be sent to again.</param>
/// <param name="Type">The contract's type name, for example <c>RouteConversations</c>; <c>unknown</c> when it cannot be read.</param>
/// <param name="MessageId">The message's id on the bus, which it keeps when it is sent again.</param>
/// <param name="Reason">
/// <c>fault</c>: its consumer failed at every try. <c>skipped</c>: its queue has no consumer for it.
/// <c>delivery-limit</c>: delivered too often, for example because it ends the process. Else RabbitMQ's word, for example
/// <c>expired</c> or <c>maxlen</c>.
/// </param>
/// <param name="Fault">What the consumer failed with, an exception's type name, for example <c>PostgresException</c>.</param>
/// <param name="Details">
/// Where it failed, a method's name, and, where it can hold nothing personal, the exception's own words.
/// </param>
/// <param name="SentBefore">How often it was sent again before this death.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DiedAt">When it was taken out of its queue, in UTC.</param>
/// <param name="SettledAt">When it was sent again or discarded, in UTC.</param>
/// <param name="SettledBy">By whom, for example <c>console</c>.</param>
/// <param name="Why">Why it was discarded, in their words.</param>
public sealed record DeadLetterView(
    Guid Id,
    string Queue,
    string Type,
    Guid MessageId,
    string Reason,
    string? Fault,
    string? Details,
    int SentBefore,
    DeadLetterState State,
    DateTimeOffset DiedAt,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? Why);

/// <summary>
/// Request to AlertService: one dead letter. Answer: <see cref="DeadLetterView"/> or <see cref="Refused"/>
/// (<c>unknown-dead-letter</c>).
/// </summary>
/// <param name="DeadLetterId">The dead letter.</param>
public sealed record ReadDeadLetter(Guid DeadLetterId);

/// <summary>
/// Request to AlertService: put a dead letter back into its queue. A repeat, also at the same time, sends nothing more and
/// gets the same answer. Answer: <see cref="DeadLetterView"/> or <see cref="Refused"/> (<c>unknown-dead-letter</c>,
/// <c>dead-letter-discarded</c>, <c>queue-gone</c>).
/// </summary>
/// <param name="DeadLetterId">The dead letter.</param>
/// <param name="By">Who asks, for example <c>console</c> or <c>api</c>; 1 to 100 printable characters.</param>
/// <param name="ApiKeyId">The key to the public API that asks.</param>
public sealed record SendDeadLetterAgain(Guid DeadLetterId, string By, ApiKeyId? ApiKeyId = null);

/// <summary>
/// Request to AlertService: throw a dead letter away; what it said is gone then. A repeat changes nothing and gets the same
/// answer. Answer: <see cref="DeadLetterView"/> or <see cref="Refused"/> (<c>unknown-dead-letter</c>,
/// <c>dead-letter-sent-again</c>, <c>invalid-why</c>).
/// </summary>
/// <param name="DeadLetterId">The dead letter.</param>
/// <param name="By">Who asks, for example <c>console</c> or <c>api</c>; 1 to 100 printable characters.</param>
/// <param name="Why">Why, for the audit log; 1 to 200 printable characters, no telephone number.</param>
/// <param name="ApiKeyId">The key to the public API that asks.</param>
public sealed record DiscardDeadLetter(Guid DeadLetterId, string By, string Why, ApiKeyId? ApiKeyId = null);
