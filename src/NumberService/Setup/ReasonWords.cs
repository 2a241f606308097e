using PhoneMasking.NumberService.Provisioning;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Says of the reasons why numbers wait or failed what the owner can do.</summary>
internal static class ReasonWords
{
    /// <summary>Tries after which one who does not answer counts as away.</summary>
    private const int Patience = 3;

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [Reasons.TwilioAway] = "Twilio does not answer. It is tried again; run setup again later.",
        [Reasons.TwilioRefuses] = "Twilio refuses; its code says why (https://www.twilio.com/docs/api/errors).",
        [Reasons.BadCredentials] = "Twilio does not accept the credentials. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
        [Reasons.AccountRestricted] = "The account is restricted. Twilio's support lifts that; then run setup again.",
        [Reasons.TrialAccount] = "A trial account has one number only. Upgrade it in Twilio's console, then run setup again.",
        [Reasons.OutcomeUnknown] = "A purchase was not answered; it is settled by Twilio's list, never made twice.",
        [Reasons.NumberTaken] = "The number was sold to somebody else; another one is looked for.",
        [Reasons.NoNumbersInArea] = "No numbers on sale. Set Numbers:AreaCodes or Numbers:Region wider, then run setup again.",
        [Reasons.DailyBudget] = "Numbers:Budget:PerDay is used up. The rest is bought tomorrow, or raise it.",
        [Reasons.TotalBudget] = "Numbers:Budget:Total is reached. Raise it, then run setup again.",
        [Reasons.NotOwned] = "The account does not own the number any more. Retire it in the console, then run setup again.",
        [Reasons.InAnotherProxyService] = "The number is in another Proxy Service. Take it out there, then run setup again.",
        [Reasons.ProxyServiceFull] = "The Proxy Service takes no more numbers.",
        [Reasons.ProxyRefuses] = "The Proxy Service refuses the number.",
        [Reasons.InAnotherMessagingService] =
            "The number is in another Messaging Service. Take it out there, then run setup again.",
        [Reasons.MessagingServiceFull] = "The Messaging Service takes no more numbers; Twilio's support raises the limit.",
        [Reasons.MessagingServiceRefuses] = "The Messaging Service refuses the number.",
        [Reasons.NotTextCapable] = "The number cannot text. Retire it in the console, then run setup again.",
        [Reasons.RegistrationPending] =
            "The A2P registration is under way at the carriers (days for a campaign, minutes to days for a number). The service "
            + "goes on by itself; nothing needs to be done.",
        [Reasons.RegistrationMissing] =
            "The Messaging Service has no A2P campaign. Register one with the texts above; the service goes on by itself.",
        [Reasons.RegistrationFailed] = "The A2P campaign was refused. Correct it in Twilio's console and submit it again.",
        [Reasons.GatewayAway] = "The gateway does not answer, so no test text can be sent. Start it; the service goes on by itself.",
        [Reasons.GatewayRefuses] = "The gateway does not send the test text, perhaps because it has not heard of the number yet.",
        [Reasons.VerificationLate] = "The test text did not arrive in time. Check Numbers:VerificationPhone.",
        [Reasons.VerificationFailed] = "The test text failed. Check Numbers:VerificationPhone and Twilio's code.",
    };

    /// <summary>What a reason means; the reason itself when it is unknown here.</summary>
    public static string Explain(string? reason) => reason is null ? "on its way" : Words.GetValueOrDefault(reason, reason);

    /// <summary>Whether the wait is for somebody outside, so that staying for it makes no sense.</summary>
    public static bool IsOutside(string? reason, int tries) => reason switch
    {
        Reasons.RegistrationPending or Reasons.RegistrationMissing or Reasons.RegistrationFailed => true,
        Reasons.BadCredentials or Reasons.AccountRestricted or Reasons.TrialAccount or Reasons.DailyBudget => true,
        Reasons.GatewayAway or Reasons.GatewayRefuses or Reasons.TwilioAway => tries >= Patience,
        _ => false,
    };
}
