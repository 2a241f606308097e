namespace PhoneMasking.Simulator.Rest;

/// <summary>Makes Twilio's identifiers: two letters that name the kind, then 32 hexadecimal digits.</summary>
internal static class TwilioSid
{
    /// <summary>A new SID; those made later sort behind.</summary>
    public static string New(string prefix, DateTimeOffset now) => $"{prefix}{Guid.CreateVersion7(now):N}";
}
