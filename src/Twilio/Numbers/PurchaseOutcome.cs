namespace PhoneMasking.Twilio.Numbers;

/// <summary>
/// Every way that buying a number can end. Buying is not idempotent: after <see cref="Unknown"/> look for the number
/// with <see cref="ITwilioApi.ListNumbersAsync"/> before buying again.
/// </summary>
public abstract record PurchaseOutcome
{
    private PurchaseOutcome()
    {
    }

    /// <summary>The number belongs to the account.</summary>
    public sealed record Bought(IncomingNumber Number) : PurchaseOutcome;

    /// <summary>
    /// Twilio said no (4xx): 21422 no longer available, 21452 none in the area code … Nothing was bought.
    /// </summary>
    public sealed record Refused(TwilioError Error) : PurchaseOutcome;

    /// <summary>Too many requests (429): never processed, safe to retry after the given time.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter, TwilioError Error) : PurchaseOutcome;

    /// <summary>The request never left.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record NotSent(string Reason) : PurchaseOutcome;

    /// <summary>The request left and no usable answer came; the number may have been bought.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record Unknown(string Reason) : PurchaseOutcome;
}
