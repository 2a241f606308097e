namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>Says in plain words why a number failed and what the owner can do; words it does not know are shown as they are.</summary>
internal static class FailureAdvice
{
    private static readonly Dictionary<string, string> ByReason = new()
    {
        ["no-numbers-in-area"] = "Add a further area code, or let the order use the whole state, then run it again in the console.",
        ["a2p-pending"] = "Nothing to do: the number is attached as soon as the A2P campaign is approved. Twilio's console shows its state.",
        ["a2p-rejected"] = "Open the A2P campaign in Twilio's console, correct what was rejected and submit it again.",
        ["budget-reached"] = "Raise the budget for numbers in the configuration, or wait until the next day.",
        ["account-restricted"] = "Open Twilio's console: the account needs verification, a payment method or a higher limit.",
        ["account-suspended"] = "Open Twilio's console: the account is suspended, and no text goes out until that is settled.",
        ["trial-account"] = "Upgrade the Twilio account: a trial account can hold one number only.",
        ["insufficient-funds"] = "Add funds to the Twilio account, then run it again in the console.",
    };

    public static string Step(string step) => step switch
    {
        "buy" => "Buying",
        "attach" => "Attaching",
        "verify" => "Verifying",
        _ => Plain(step),
    };

    public static string Reason(string reason) => Plain(reason);

    public static string Advice(string step, string reason) => ByReason.GetValueOrDefault(reason) ?? step switch
    {
        "buy" => "Check the account and its balance in Twilio's console, then order again in the console.",
        "attach" => "Check the Messaging Service and the A2P campaign in Twilio's console, then attach the number again in the console.",
        _ => "Check in Twilio's log why the test text did not arrive, then verify the number again in the console.",
    };

    private static string Plain(string word)
    {
        var plain = word.Replace('-', ' ');
        return plain.Length == 0 ? "Unknown" : string.Concat(char.ToUpperInvariant(plain[0]).ToString(), plain.AsSpan(1));
    }
}
