namespace PhoneMasking.Twilio.Proxy;

/// <summary>
/// Every way that putting a number into a Proxy Service can end when Twilio answers. Codes: reference/twilio.md 1.8.
/// </summary>
public abstract record ProxyNumberOutcome
{
    private ProxyNumberOutcome()
    {
    }

    /// <summary>The number is in the service now.</summary>
    public sealed record Added(ProxyNumber Number) : ProxyNumberOutcome;

    /// <summary>It was in this service before (80612): as good as added, but reserved or not as it was.</summary>
    public sealed record AlreadyThere : ProxyNumberOutcome;

    /// <summary>It is in another service (80101) and must be taken out there first.</summary>
    public sealed record InAnotherService(TwilioError Error) : ProxyNumberOutcome;

    /// <summary>The service has as many numbers as it may (80622): 5,000 reserved and 500 others.</summary>
    public sealed record ServiceFull(TwilioError Error) : ProxyNumberOutcome;

    /// <summary>
    /// Twilio said no for another reason (4xx): no such service or number, or it is in a Messaging Service already.
    /// </summary>
    public sealed record Refused(TwilioError Error) : ProxyNumberOutcome;
}

/// <summary>Every way that taking a number out of a Proxy Service can end when Twilio answers.</summary>
public abstract record ProxyRemovalOutcome
{
    private ProxyRemovalOutcome()
    {
    }

    /// <summary>The number is not in the service any more.</summary>
    public sealed record Removed : ProxyRemovalOutcome;

    /// <summary>Sessions use it (80611); it can be removed once they are closed.</summary>
    public sealed record InUse(TwilioError Error) : ProxyRemovalOutcome;

    /// <summary>Twilio said no for another reason (4xx).</summary>
    public sealed record Refused(TwilioError Error) : ProxyRemovalOutcome;
}
