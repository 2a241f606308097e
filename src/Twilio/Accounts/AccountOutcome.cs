namespace PhoneMasking.Twilio.Accounts;

/// <summary>Every way that reading the account can end when Twilio answers.</summary>
public abstract record AccountOutcome
{
    private AccountOutcome()
    {
    }

    /// <summary>The credentials are good. Whether the account may work is in its status.</summary>
    public sealed record Found(AccountDetails Details) : AccountOutcome;

    /// <summary>
    /// Twilio said no (4xx): 20003 for wrong credentials, and for most accounts that are suspended or closed.
    /// </summary>
    public sealed record Refused(TwilioError Error) : AccountOutcome;
}
