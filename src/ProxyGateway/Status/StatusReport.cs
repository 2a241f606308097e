using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;

namespace PhoneMasking.ProxyGateway.Status;

/// <summary>What a status callback says of a text. Its payload is personal data.</summary>
/// <param name="MessageId">Our id of the text, from the callback's URL.</param>
/// <param name="ProviderSid">Twilio's id of the text.</param>
/// <param name="Status">Twilio's word.</param>
/// <param name="ErrorCode">Why it failed.</param>
/// <param name="Payload">All of the callback's parameters, as JSON.</param>
/// <param name="ReceivedAt">When it came, in UTC.</param>
internal sealed record StatusReport(
    MessageId? MessageId,
    string ProviderSid,
    string Status,
    int? ErrorCode,
    string Payload,
    DateTimeOffset ReceivedAt)
{
    /// <summary>
    /// What the word means for us. Any report proves that Twilio has the text; a word that is new to us says no more.
    /// </summary>
    public OutboundState State => Status switch
    {
        "delivered" or "read" => OutboundState.Delivered,
        "undelivered" => OutboundState.Undelivered,
        "failed" => OutboundState.Failed,
        "canceled" => OutboundState.Canceled,
        _ => OutboundState.Sent,
    };

    public override string ToString() => $"StatusReport {ProviderSid} {Status}";
}
