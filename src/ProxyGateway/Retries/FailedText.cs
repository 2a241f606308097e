using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;

namespace PhoneMasking.ProxyGateway.Retries;

/// <summary>A text that may have to be sent once more, and all that speaks for or against it. Personal data.</summary>
/// <param name="Id">The text.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SessionId">Its session, if any.</param>
/// <param name="SitterId">The sitter concerned.</param>
/// <param name="ClientId">The client concerned, as known today: a provisional one may have been merged.</param>
/// <param name="From">Our number.</param>
/// <param name="To">The receiver.</param>
/// <param name="IsSentAgain">Its author has sent the same again, and that is under way or has arrived.</param>
/// <param name="IsOptedOut">The receiver wants no texts from this number.</param>
/// <param name="IsInTouch">Its session is open.</param>
/// <param name="IsToTheSamePeople">Both numbers still belong to those whom the session puts in touch.</param>
internal sealed record FailedText(
    MessageId Id,
    OutboundState State,
    SessionId? SessionId,
    SitterId? SitterId,
    ClientId? ClientId,
    E164Number From,
    E164Number To,
    bool IsSentAgain,
    bool IsOptedOut,
    bool IsInTouch,
    bool IsToTheSamePeople)
{
    /// <summary>Why it must not be sent once more (the words of <see cref="MessageRetryDropped"/>); none when it may be.</summary>
    public string? ReasonToDrop => this switch
    {
        { State: not (OutboundState.Failed or OutboundState.Undelivered) } => "delivered",
        { IsSentAgain: true } => "sent-again",
        { IsOptedOut: true } => "opted-out",
        { IsInTouch: false } => "session-ended",
        { IsToTheSamePeople: false } => "number-changed",
        _ => null,
    };

    public override string ToString() => $"FailedText {Id}";
}
