/// <summary>A real Twilio account, given by the variables that Twilio's own tools use.</summary>
internal static class TwilioFromEnvironment
{
    /// <summary>Whether both the account and its token are given; without them the simulator stands in.</summary>
    public static bool IsGiven => AccountSid.Length > 0 && AuthToken.Length > 0;

    /// <summary><c>TWILIO_ACCOUNT_SID</c>: <c>AC</c> and 32 hexadecimal digits.</summary>
    public static string AccountSid => Read("TWILIO_ACCOUNT_SID");

    /// <summary><c>TWILIO_AUTH_TOKEN</c>. Secret.</summary>
    public static string AuthToken => Read("TWILIO_AUTH_TOKEN");

    /// <summary><c>TWILIO_SECONDARY_AUTH_TOKEN</c>: while the auth token is rotated, the other one. Secret.</summary>
    public static string SecondaryAuthToken => Read("TWILIO_SECONDARY_AUTH_TOKEN");

    /// <summary><c>Twilio__PublicBaseUrl</c>: scheme and host under which Twilio reaches the gateway.</summary>
    public static string PublicBaseUrl => Read("Twilio__PublicBaseUrl");

    /// <summary><c>Numbers__VerificationPhone</c>: the phone that gets a test text from each new number.</summary>
    public static string VerificationPhone => Read("Numbers__VerificationPhone");

    private static string Read(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
