namespace PhoneMasking.OpsConsole.Numbers;

/// <summary>Why a number failed or waits, in plain words.</summary>
internal static class Reasons
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["twilio-away"] = "Twilio cannot be reached; tried again by itself",
        ["twilio-refuses"] = "Twilio refuses",
        ["bad-credentials"] = "Twilio does not accept the account's credentials",
        ["account-restricted"] = "Twilio has restricted the account",
        ["trial-account"] = "A trial account cannot do this: upgrade it at Twilio",
        ["outcome-unknown"] = "Twilio's answer was lost; finding out whether it was bought",
        ["number-taken"] = "Somebody else was faster; another number is being looked for",
        ["no-numbers-in-area"] = "No number to be had in the area codes asked for",
        ["daily-budget"] = "The day's budget is spent; goes on when it allows",
        ["total-budget"] = "The total budget is spent: raise it in the settings",
        ["not-owned"] = "The Twilio account does not own this number",
        ["in-another-proxy-service"] = "It belongs to another Proxy Service",
        ["proxy-service-full"] = "The Proxy Service is full",
        ["proxy-service-refuses"] = "The Proxy Service refuses it",
        ["in-another-messaging-service"] = "It belongs to another Messaging Service",
        ["messaging-service-full"] = "The Messaging Service is full: it holds 400 numbers",
        ["messaging-service-refuses"] = "The Messaging Service refuses it",
        ["not-text-capable"] = "It cannot carry texts",
        ["a2p-pending"] = "Waiting for A2P registration",
        ["a2p-missing"] = "There is no A2P registration: begin one at Twilio",
        ["a2p-failed"] = "The A2P registration failed: mend it at Twilio",
        ["gateway-away"] = "The gateway cannot be reached; tried again by itself",
        ["gateway-refuses"] = "The gateway refuses to send the test text",
        ["verification-late"] = "The test text did not arrive in time",
        ["verification-failed"] = "The test text did not arrive",
        ["releasing"] = "Being given back to Twilio",
        ["release-refused"] = "Twilio refuses to take it back",
    };

    /// <summary>The words for a reason; a reason not known here is shown as it is, without dashes.</summary>
    /// <param name="reason">The stable word in kebab case; none for none.</param>
    public static string? Of(string? reason) =>
        string.IsNullOrEmpty(reason) ? null
        : Known.TryGetValue(reason, out var words) ? words
        : char.ToUpperInvariant(reason[0]) + reason[1..].Replace('-', ' ');
}
