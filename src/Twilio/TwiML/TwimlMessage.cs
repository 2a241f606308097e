namespace PhoneMasking.Twilio.TwiML;

/// <summary>
/// A text for Twilio to send in answer to one that came in. <see cref="ToString"/> shows nothing personal.
/// </summary>
/// <param name="Body">The text.</param>
public sealed record TwimlMessage(string? Body)
{
    /// <summary>The recipient, in E.164 form; who wrote, when absent.</summary>
    public string? To { get; init; }

    /// <summary>The sender, in E.164 form; the number written to, when absent.</summary>
    public string? From { get; init; }

    /// <summary>Pictures and the like, fetched by Twilio.</summary>
    public IReadOnlyList<Uri> MediaUrls { get; init; } = [];

    /// <summary>Where Twilio reports the message's progress.</summary>
    public Uri? StatusCallback { get; init; }

    /// <summary>Returns nothing personal.</summary>
    public override string ToString() => $"TwimlMessage ({MediaUrls.Count} media)";
}
