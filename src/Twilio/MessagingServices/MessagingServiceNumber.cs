namespace PhoneMasking.Twilio.MessagingServices;

/// <summary>A number in a Messaging Service. <see cref="ToString"/> shows its id only.</summary>
/// <remarks>
/// Nothing here, nor anywhere else in Twilio's API, says whether the number itself is registered with the carriers for
/// the service's campaign: that shows only in the errors of messages sent from it, 30034, 30035 and 30024, until it is
/// done ("often minutes"; reference/twilio.md section 4).
/// </remarks>
public sealed record MessagingServiceNumber
{
    /// <summary>The number's id, <c>PN</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>The service it is in.</summary>
    public string? ServiceSid { get; init; }

    /// <summary>The number, in E.164 form.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Country, two letters.</summary>
    public string? CountryCode { get; init; }

    /// <summary>What it can do: <c>SMS</c>, <c>MMS</c>, <c>Voice</c>.</summary>
    public IReadOnlyList<string>? Capabilities { get; init; }

    /// <summary>Returns the id.</summary>
    public override string ToString() => $"MessagingServiceNumber {Sid}";
}
