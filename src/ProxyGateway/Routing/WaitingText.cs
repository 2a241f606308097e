using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>A stored text that waits for a decision. Personal data.</summary>
internal sealed record WaitingText(
    MessageId Id,
    string From,
    string To,
    string Body,
    string[] Media,
    InboundState State,
    string? TraceParent)
{
    /// <summary>The sender, when it is a number that can be answered; short codes, names and <c>anonymous</c> are not.</summary>
    public E164Number? Sender { get; } = E164Number.TryParse(From, out var number) ? number : null;

    public bool IsEmpty => Media.Length == 0 && string.IsNullOrWhiteSpace(Body);

    public override string ToString() => $"WaitingText {Id}";
}
