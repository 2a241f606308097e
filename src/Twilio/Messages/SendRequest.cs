namespace PhoneMasking.Twilio.Messages;

/// <summary>
/// A message to be sent. Twilio wants a body or media, and a sender or a messaging service; it refuses the rest itself.
/// Source: reference/twilio.md 2.2.
/// </summary>
public sealed record SendRequest
{
    /// <summary>The recipient, in E.164 form.</summary>
    public required string To { get; init; }

    /// <summary>The sender: one of the account's numbers, in E.164 form.</summary>
    public string? From { get; init; }

    /// <summary>
    /// The messaging service to send through. With <see cref="From"/>, the sender is that number of the service.
    /// </summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>The text, at most 1,600 characters.</summary>
    public string? Body { get; init; }

    /// <summary>Pictures and the like, fetched by Twilio; at most 10.</summary>
    public IReadOnlyList<Uri> MediaUrls { get; init; } = [];

    /// <summary>Where Twilio reports the message's progress; connection overrides go in its fragment.</summary>
    public Uri? StatusCallback { get; init; }

    /// <summary>
    /// How long Twilio may keep the message queued: 1 second to 10 hours, whole seconds. Twilio's default: 10 hours.
    /// </summary>
    public TimeSpan? ValidityPeriod { get; init; }

    /// <summary>Whether Twilio may replace characters so that the text fits the GSM-7 alphabet.</summary>
    public bool? SmartEncoded { get; init; }

    /// <summary>
    /// The request leaves by then or never, in UTC; none: whenever it can. Looked at when its bytes are handed to the
    /// connection: a process that stood still until then does not send what somebody else may have taken over.
    /// </summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Returns nothing personal.</summary>
    public override string ToString() => $"SendRequest ({MediaUrls.Count} media)";
}
