using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>A text that this instance is to hand to Twilio now. Personal data.</summary>
/// <param name="Text">What the events need to know.</param>
/// <param name="InboundId">The text that caused it.</param>
/// <param name="To">The receiver.</param>
/// <param name="Body">The text.</param>
/// <param name="Media">Its pictures.</param>
/// <param name="Attempt">Which attempt this is, from 1; proves to the database that the text is still ours.</param>
/// <param name="MayExist">An earlier attempt had no known outcome: ask Twilio's list first.</param>
/// <param name="FirstAttemptedAfter">No attempt was made before this time, in UTC: its creation.</param>
/// <param name="LeaseEndsAt">From this time on, in UTC, another instance may take it.</param>
/// <param name="TraceParent">The trace that it belongs to.</param>
/// <param name="Receiver">Whether the phone still is that of the person whom it is for.</param>
internal sealed record ClaimedText(
    SentText Text,
    MessageId? InboundId,
    E164Number To,
    string Body,
    Uri[] Media,
    int Attempt,
    bool MayExist,
    DateTimeOffset FirstAttemptedAfter,
    DateTimeOffset LeaseEndsAt,
    string? TraceParent,
    ReceiversPhone Receiver)
{
    /// <summary>Our number.</summary>
    public E164Number From => Text.From;

    public override string ToString() => $"ClaimedText {Text.Id}";
}
