namespace PhoneMasking.Contracts;

/// <summary>Request to AlertService: a page of failed texts, newest first. Answer: <see cref="FailurePage"/>.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="Class">Only failures of this class.</param>
/// <param name="Code">Only failures with this code of Twilio's.</param>
/// <param name="SitterId">Only in this sitter's conversations.</param>
/// <param name="ClientId">Only in this client's conversations.</param>
public sealed record ListFailures(
    OrganisationId OrganisationId,
    MessageId? After,
    int Limit,
    FailureClass? Class = null,
    int? Code = null,
    SitterId? SitterId = null,
    ClientId? ClientId = null);

/// <summary>Answer to <see cref="ListFailures"/>.</summary>
/// <param name="Items">The failures of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
/// <param name="Summary">How things stand.</param>
public sealed record FailurePage(IReadOnlyList<FailureView> Items, MessageId? Next, FailureSummary Summary);

/// <summary>How a failure is treated.</summary>
public enum FailureClass
{
    /// <summary>May pass: sent once more, later.</summary>
    Temporary = 0,

    /// <summary>Sending it again would fail again.</summary>
    Permanent = 1,

    /// <summary>The account or campaign as a whole cannot send: the owner is told at once.</summary>
    Systemic = 2,

    /// <summary>Something is set up wrongly: treated as permanent, and the owner has to act.</summary>
    Configuration = 3,

    /// <summary>The receiver wants no texts; the author has been told.</summary>
    OptedOut = 4,

    /// <summary>A hint that comes with a text that is not lost.</summary>
    Warning = 5,
}

/// <summary>Who was told of a failure.</summary>
public enum FailureAlert
{
    /// <summary>Nobody: a retry is still to come, or there was nothing to tell.</summary>
    None = 0,

    /// <summary>The sitter, by text.</summary>
    Sitter = 1,

    /// <summary>The owner, by e-mail.</summary>
    Owner = 2,

    /// <summary>Nobody, because the same people were told shortly before.</summary>
    Limited = 3,

    /// <summary>Nobody: the sitter could not be told.</summary>
    Dropped = 4,
}

/// <summary>Where the one retry of a text stands.</summary>
public enum RetryState
{
    /// <summary>Its time has not come.</summary>
    Waiting = 0,

    /// <summary>Its time has come and the gateway has been told.</summary>
    Ordered = 1,

    /// <summary>It goes out, or has gone out.</summary>
    Sent = 2,

    /// <summary>It arrived.</summary>
    Delivered = 3,

    /// <summary>It failed as well.</summary>
    Failed = 4,

    /// <summary>It would have been wrong by the time it was due.</summary>
    Dropped = 5,
}

/// <summary>A failed text as the owner sees it.</summary>
/// <param name="MessageId">The text.</param>
/// <param name="OccurredAt">When we heard of it, in UTC.</param>
/// <param name="Code">Twilio's code, if there is one.</param>
/// <param name="Meaning">What the code means, in a few words.</param>
/// <param name="Class">How it is treated.</param>
/// <param name="IsPermanent">Whether it counts as a permanent failure.</param>
/// <param name="Outcome"><c>refused</c>, <c>failed</c>, <c>undelivered</c> or another word of the gateway's.</param>
/// <param name="Direction">Which way the text went.</param>
/// <param name="SessionId">The session, if any.</param>
/// <param name="SitterId">The sitter, if any.</param>
/// <param name="SitterName">The sitter's name, where known.</param>
/// <param name="ClientId">The client, if any.</param>
/// <param name="ClientName">The client's name, where known.</param>
/// <param name="RetryOf">The text that this one repeats.</param>
/// <param name="Retry">Where its own retry stands; none when it has none.</param>
/// <param name="RetryDueAt">When its own retry is or was due, in UTC.</param>
/// <param name="RetryReason">Why its retry was dropped.</param>
/// <param name="Alert">Who was told.</param>
public sealed record FailureView(
    MessageId MessageId,
    DateTimeOffset OccurredAt,
    int? Code,
    string Meaning,
    FailureClass Class,
    bool IsPermanent,
    string Outcome,
    MessageDirection Direction,
    SessionId? SessionId,
    SitterId? SitterId,
    string? SitterName,
    ClientId? ClientId,
    string? ClientName,
    MessageId? RetryOf,
    RetryState? Retry,
    DateTimeOffset? RetryDueAt,
    string? RetryReason,
    FailureAlert Alert)
{
    /// <summary>Shows the id only: the rest names people.</summary>
    public override string ToString() => $"FailureView {MessageId}";
}

/// <summary>How many texts fail.</summary>
/// <param name="Window">The sliding window that is looked at.</param>
/// <param name="Permanent">Permanent failures within it.</param>
/// <param name="Threshold">More than this many are told to the owner.</param>
/// <param name="WaitingRetries">Retries that wait for their time.</param>
/// <param name="LastSummaryAt">When the owner last got the summary, in UTC.</param>
public sealed record FailureSummary(
    TimeSpan Window,
    int Permanent,
    int Threshold,
    int WaitingRetries,
    DateTimeOffset? LastSummaryAt);
