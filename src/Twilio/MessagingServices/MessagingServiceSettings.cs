namespace PhoneMasking.Twilio.MessagingServices;

/// <summary>
/// How a Messaging Service works. Absent members are left as they are (new: Twilio's defaults). Source:
/// reference/twilio.md section 4.
/// </summary>
/// <remarks>URLs may carry connection overrides such as <c>#rc=2&amp;rp=all</c> in their fragment.</remarks>
public sealed record MessagingServiceSettings
{
    /// <summary>A name for people, at most 64 characters. Required of a new service.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>
    /// Where inbound texts to any of its numbers are posted; without meaning while
    /// <see cref="UseInboundWebhookOnNumber"/> holds.
    /// </summary>
    public Uri? InboundRequestUrl { get; init; }

    /// <summary>Where they are posted when <see cref="InboundRequestUrl"/> fails.</summary>
    public Uri? FallbackUrl { get; init; }

    /// <summary>Where progress of messages is reported that name no address of their own.</summary>
    public Uri? StatusCallback { get; init; }

    /// <summary>
    /// Whether each number's own SmsUrl gets its texts ("defer to sender's webhook") in place of
    /// <see cref="InboundRequestUrl"/>.
    /// </summary>
    public bool? UseInboundWebhookOnNumber { get; init; }

    /// <summary>Whether Twilio sends to somebody from the same number as before, when no sender is named.</summary>
    public bool? StickySender { get; init; }

    /// <summary>Whether Twilio picks a sender of the recipient's area code, when no sender is named.</summary>
    public bool? AreaCodeGeomatch { get; init; }

    /// <summary>Whether Twilio may replace characters so that a text fits the GSM-7 alphabet.</summary>
    public bool? SmartEncoding { get; init; }

    /// <summary>How long Twilio may keep a message queued: 1 second to 10 hours, whole seconds.</summary>
    public TimeSpan? ValidityPeriod { get; init; }

    /// <summary>
    /// What the service is for: <c>notifications</c>, <c>marketing</c>, <c>verification</c>, <c>discussion</c>,
    /// <c>poll</c> or <c>undeclared</c>.
    /// </summary>
    public string? Usecase { get; init; }
}
