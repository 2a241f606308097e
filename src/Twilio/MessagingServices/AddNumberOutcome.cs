namespace PhoneMasking.Twilio.MessagingServices;

/// <summary>
/// Every way that putting a number into a Messaging Service can end when Twilio answers. Codes: reference/twilio.md
/// section 4.
/// </summary>
public abstract record AddNumberOutcome
{
    private AddNumberOutcome()
    {
    }

    /// <summary>The number is in the service now.</summary>
    public sealed record Added(MessagingServiceNumber Number) : AddNumberOutcome;

    /// <summary>It was in this service before (21710): as good as added.</summary>
    public sealed record AlreadyThere : AddNumberOutcome;

    /// <summary>It is in another service (21712) and must be taken out there first.</summary>
    public sealed record InAnotherService(TwilioError Error) : AddNumberOutcome;

    /// <summary>The service has as many numbers as it may (21714): 400 unless Twilio has raised it.</summary>
    public sealed record ServiceFull(TwilioError Error) : AddNumberOutcome;

    /// <summary>The number cannot text (21715).</summary>
    public sealed record NotTextCapable(TwilioError Error) : AddNumberOutcome;

    /// <summary>Twilio said no for another reason (4xx), for example 404: no such service or number.</summary>
    public sealed record Refused(TwilioError Error) : AddNumberOutcome;
}
