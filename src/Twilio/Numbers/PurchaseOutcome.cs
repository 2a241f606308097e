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

    /// <summary>Twilio said no (4xx); nothing was bought.</summary>
    public sealed record Refused(TwilioError Error) : PurchaseOutcome
    {
        /// <summary>What the code means for the buyer.</summary>
        public PurchaseRefusal Reason { get; } = Meaning(Error);

        private static PurchaseRefusal Meaning(TwilioError error) => error switch
        {
            { Code: 21422 } => PurchaseRefusal.NumberTaken,
            { Code: 21421 } => PurchaseRefusal.NumberInvalid,
            { Code: 21451 or 21452 } => PurchaseRefusal.NoneInArea,
            { Code: 21404 or 10002 } => PurchaseRefusal.TrialAccount,
            { Code: 22300 } => PurchaseRefusal.AccountRestricted,
            { Code: 20003 } or { HttpStatus: 401 } => PurchaseRefusal.BadCredentials,
            _ => PurchaseRefusal.Other,
        };
    }

    /// <summary>Too many requests (429): never processed, safe to retry after the given time.</summary>
    public sealed record RateLimited(TimeSpan RetryAfter, TwilioError Error) : PurchaseOutcome;

    /// <summary>The request never left.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record NotSent(string Reason) : PurchaseOutcome;

    /// <summary>The request left and no usable answer came; the number may have been bought.</summary>
    /// <param name="Reason">For logs; holds no personal data.</param>
    public sealed record Unknown(string Reason) : PurchaseOutcome;
}

/// <summary>Why Twilio does not sell, as far as buyers act on it. Codes: reference/twilio.md section 4.</summary>
public enum PurchaseRefusal
{
    /// <summary>None of the others; the code says more.</summary>
    Other,

    /// <summary>21422: somebody has this number, perhaps this very account. Another one may be had.</summary>
    NumberTaken,

    /// <summary>21421: not a number that Twilio could sell.</summary>
    NumberInvalid,

    /// <summary>21451, 21452: no such area code, or no numbers in it. Another area may have some.</summary>
    NoneInArea,

    /// <summary>21404, 10002: a trial account may not buy this (any more).</summary>
    TrialAccount,

    /// <summary>22300: the account is restricted; only Twilio's support can change that.</summary>
    AccountRestricted,

    /// <summary>20003, or status 401: wrong credentials, or the account is suspended or closed.</summary>
    BadCredentials,
}
