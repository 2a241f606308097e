namespace PhoneMasking.Twilio.MessagingServices;

/// <summary>A Messaging Service: numbers that share a campaign and settings.</summary>
public sealed record MessagingService
{
    /// <summary>The service's id, <c>MG</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>The name for people.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Where inbound texts are posted, unless <see cref="UseInboundWebhookOnNumber"/> holds.</summary>
    public string? InboundRequestUrl { get; init; }

    /// <summary>Where they are posted when <see cref="InboundRequestUrl"/> fails.</summary>
    public string? FallbackUrl { get; init; }

    /// <summary>Where progress of messages is reported that name no address of their own.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>Whether each number's own SmsUrl gets its texts.</summary>
    public bool? UseInboundWebhookOnNumber { get; init; }

    /// <summary>Whether Twilio keeps to one sender for each recipient when none is named.</summary>
    public bool? StickySender { get; init; }

    /// <summary>Whether Twilio picks a sender of the recipient's area code when none is named.</summary>
    public bool? AreaCodeGeomatch { get; init; }

    /// <summary>Whether Twilio may replace characters so that a text fits the GSM-7 alphabet.</summary>
    public bool? SmartEncoding { get; init; }

    /// <summary>How long Twilio may keep a message queued, in seconds.</summary>
    public int? ValidityPeriod { get; init; }

    /// <summary>What the service is for.</summary>
    public string? Usecase { get; init; }

    /// <summary>
    /// Whether the service has a US A2P campaign that is registered: without, no message to the US (30034).
    /// </summary>
    public bool? UsAppToPersonRegistered { get; init; }

    /// <summary>Returns the id.</summary>
    public override string ToString() => $"MessagingService {Sid}";
}
