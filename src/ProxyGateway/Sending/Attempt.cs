namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>How handing a text to Twilio ended, as the database is to know it.</summary>
/// <param name="Text">The text.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="DueAt">When it is tried or looked up again; ignored once it was sent or failed.</param>
/// <param name="ProviderSid">Twilio's id, once it has one.</param>
/// <param name="ErrorCode">Twilio's code, when it refused.</param>
/// <param name="Reason">Why it failed, for the event.</param>
internal sealed record Attempt(
    ClaimedText Text,
    OutboundState State,
    DateTimeOffset DueAt,
    string? ProviderSid = null,
    int? ErrorCode = null,
    string? Reason = null);
