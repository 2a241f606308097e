namespace PhoneMasking.NumberService.Provisioning;

/// <summary>Why a number waits or failed: stable words, seen by the owner and in the API.</summary>
internal static class Reasons
{
    public const string TwilioAway = "twilio-away";
    public const string TwilioRefuses = "twilio-refuses";
    public const string BadCredentials = "bad-credentials";
    public const string AccountRestricted = "account-restricted";
    public const string TrialAccount = "trial-account";

    public const string OutcomeUnknown = "outcome-unknown";
    public const string NumberTaken = "number-taken";
    public const string NoNumbersInArea = "no-numbers-in-area";
    public const string DailyBudget = "daily-budget";
    public const string TotalBudget = "total-budget";

    public const string NotOwned = "not-owned";
    public const string InAnotherProxyService = "in-another-proxy-service";
    public const string ProxyServiceFull = "proxy-service-full";
    public const string ProxyRefuses = "proxy-service-refuses";
    public const string InAnotherMessagingService = "in-another-messaging-service";
    public const string MessagingServiceFull = "messaging-service-full";
    public const string MessagingServiceRefuses = "messaging-service-refuses";
    public const string NotTextCapable = "not-text-capable";
    public const string RegistrationPending = "a2p-pending";
    public const string RegistrationMissing = "a2p-missing";
    public const string RegistrationFailed = "a2p-failed";

    public const string GatewayAway = "gateway-away";
    public const string GatewayRefuses = "gateway-refuses";
    public const string VerificationLate = "verification-late";
    public const string VerificationFailed = "verification-failed";

    public const string Releasing = "releasing";
    public const string ReleaseRefused = "release-refused";

    /// <summary>
    /// Causes that a purchase shows to be over: a later one of the same kind is told anew. Not the budgets: a purchase that was
    /// begun within one may well end after it is spent.
    /// </summary>
    public static readonly string[] EndedByPurchase = [BadCredentials, AccountRestricted, TrialAccount, NoNumbersInArea];
}
