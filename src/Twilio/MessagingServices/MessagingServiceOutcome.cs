namespace PhoneMasking.Twilio.MessagingServices;

/// <summary>
/// Every way that creating a Messaging Service can end. Creating is not idempotent: after <see cref="Unknown"/> look
/// for the service with <see cref="IMessagingServiceApi.ListServicesAsync"/> before creating again.
/// </summary>
public abstract record MessagingServiceOutcome
{
    private MessagingServiceOutcome()
    {
    }

    /// <summary>The service is there.</summary>
    public sealed record Created(MessagingService Service) : MessagingServiceOutcome;

    /// <summary>Twilio said no (4xx); nothing was created.</summary>
    public sealed record Refused(TwilioError Error) : MessagingServiceOutcome;

    /// <summary>Too many requests (429): never processed, safe to retry after the given time.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter, TwilioError Error) : MessagingServiceOutcome;

    /// <summary>The request never left.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record NotSent(string Reason) : MessagingServiceOutcome;

    /// <summary>The request left and no usable answer came; the service may be there.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record Unknown(string Reason) : MessagingServiceOutcome;
}
