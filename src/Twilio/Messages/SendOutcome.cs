namespace PhoneMasking.Twilio.Messages;

/// <summary>
/// Every way that asking Twilio to send a message can end. Twilio has no idempotency key, so what matters is whether
/// the message may exist: only <see cref="NotSent"/> and <see cref="RateLimited"/> may be sent again at once.
/// </summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>Twilio has the message and its id is known.</summary>
    public sealed record Accepted(TwilioMessage Message) : SendOutcome;

    /// <summary>Twilio said no (4xx). Nothing was sent, and the same request will be refused again.</summary>
    public sealed record Refused(TwilioError Error) : SendOutcome;

    /// <summary>
    /// Too many requests (429): "never processed and always safe to retry", after the given time (1 second when Twilio
    /// names none).
    /// </summary>
    public sealed record RateLimited(TimeSpan RetryAfter, TwilioError Error) : SendOutcome;

    /// <summary>
    /// The request never left: no address, no connection, no TLS, or no time left before there was one.
    /// </summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record NotSent(string Reason) : SendOutcome;

    /// <summary>
    /// The request left and no usable answer came: 5xx, reset, time-out, or a success that cannot be read. The message
    /// may exist: look for it with <see cref="ITwilioApi.ListMessagesAsync"/> before sending again.
    /// </summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record Unknown(string Reason) : SendOutcome;
}
