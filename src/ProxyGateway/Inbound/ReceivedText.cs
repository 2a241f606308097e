using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Inbound;

/// <summary>A text as a webhook brought it. Personal data.</summary>
internal sealed record ReceivedText(
    MessageId Id,
    string ProviderSid,
    string From,
    string To,
    string Body,
    string[] Media,
    string Payload,
    string? TraceParent,
    DateTimeOffset ReceivedAt)
{
    public override string ToString() => $"ReceivedText {Id}";
}
