namespace PhoneMasking.Twilio.Proxy;

/// <summary>Every way that creating a Proxy Service can end. Codes: reference/twilio.md 1.8.</summary>
public abstract record ProxyServiceOutcome
{
    private ProxyServiceOutcome()
    {
    }

    /// <summary>The service is there.</summary>
    public sealed record Created(ProxyService Service) : ProxyServiceOutcome;

    /// <summary>Proxy is not available to this account (80506): only Twilio's support can change that.</summary>
    public sealed record NotAvailable(TwilioError Error) : ProxyServiceOutcome;

    /// <summary>
    /// The account has a service of this name (80602, 80603): find it with <see cref="IProxyApi.ListServicesAsync"/>.
    /// </summary>
    public sealed record NameTaken(TwilioError Error) : ProxyServiceOutcome;

    /// <summary>Twilio said no for another reason (4xx); nothing was created.</summary>
    public sealed record Refused(TwilioError Error) : ProxyServiceOutcome;

    /// <summary>Too many requests (429): never processed, safe to retry after the given time.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter, TwilioError Error) : ProxyServiceOutcome;

    /// <summary>The request never left.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record NotSent(string Reason) : ProxyServiceOutcome;

    /// <summary>The request left and no usable answer came; the service may be there.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record Unknown(string Reason) : ProxyServiceOutcome;
}
