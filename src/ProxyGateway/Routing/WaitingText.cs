using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>A stored text that waits for a decision. Personal data.</summary>
/// <param name="Id">The text.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The number that was texted.</param>
/// <param name="Body">The text.</param>
/// <param name="Media">Its pictures.</param>
/// <param name="State">Where it stands.</param>
/// <param name="TraceParent">The trace that it belongs to.</param>
/// <param name="ReceivedAt">When it came, in UTC.</param>
/// <param name="DecideBy">Until when it waits for news, in UTC; none when it does not.</param>
/// <param name="Reason">What it waits for; none when it does not.</param>
/// <param name="OptOutType">What Twilio took it for, with Advanced Opt-Out; none otherwise.</param>
internal sealed record WaitingText(
    MessageId Id,
    string From,
    string To,
    string Body,
    string[] Media,
    InboundState State,
    string? TraceParent,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DecideBy,
    string? Reason,
    string? OptOutType)
{
    /// <summary>The sender, when it is a number that can be answered; short codes, names and <c>anonymous</c> are not.</summary>
    public E164Number? Sender { get; } = E164Number.TryParse(From, out var number) ? number : null;

    public bool IsEmpty => Media.Length == 0 && string.IsNullOrWhiteSpace(Body);

    public override string ToString() => $"WaitingText {Id}";
}
