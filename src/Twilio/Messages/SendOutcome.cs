namespace PhoneMasking.Twilio.Messages;

/// <summary>
/// Every way that asking Twilio to send a message can end. Twilio has no idempotency key, so what matters is whether
/// the message may exist: only <see cref="NotSent"/>, <see cref="RateLimited"/> and <see cref="AccountRefused"/> may be sent
/// again without a look.
/// </summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>Twilio has the message and its id is known.</summary>
    public sealed record Accepted(TwilioMessage Message) : SendOutcome;

    /// <summary>Twilio said no to this message (4xx). Nothing was sent, and the same request will be refused again.</summary>
    public sealed record Refused(TwilioError Error) : SendOutcome;

    /// <summary>
    /// Twilio said no to whoever asks (<see cref="TwilioError.IsOfAccount"/>): nothing was sent and no other message will be,
    /// until the auth token or the account has been put right; then the same request goes through.
    /// </summary>
    public sealed record AccountRefused(TwilioError Error) : SendOutcome;

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
