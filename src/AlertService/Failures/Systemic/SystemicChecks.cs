namespace PhoneMasking.AlertService.Failures.Systemic;

/// <summary>What to check when many texts fail, by the codes they fail with; what explains most comes first.</summary>
internal static class SystemicChecks
{
    private static readonly (int[] Codes, string Check)[] ByCode =
    [
        ([30007, 30450, 30453],
            "Did the wording of texts change? Carriers filter links, capital letters, and the same text to many people."),
        ([30018, 30024, 30032, 30034, 30040, 30041, 30042, 30043],
            "Is each number above in the Messaging Service and on an approved campaign? The command doctor shows which is not."),
        ([30003, 30004, 30005, 30006, 21211, 21612, 21614, 21635],
            "Are the phone numbers of these people right? Correct them in the console, and call who cannot be reached."),
        ([21606, 21659, 21660, 21661, 21703, 21704, 21408],
            "Do the numbers and the Messaging Service belong to this account, and are texts to this country allowed? "
            + "Twilio's console shows both."),
        ([20003, 30002, 30037, 30033, 30023, 30027],
            "Is the account active, paid and within its limits? Twilio's console shows it."),
        ([30001, 30017, 30020, 30021, 30022, 30410, 30500, 20429, 20503, 20504, 21611],
            "Does Twilio or a carrier have trouble? status.twilio.com shows it; texts that fail later go out by themselves."),
    ];

    private const string Campaign = "Is the A2P campaign still approved? Twilio's console shows its state.";
    private const string Log = "Twilio's log of messages shows each text with its error.";

    /// <summary>The checks.</summary>
    /// <param name="codes">The codes, the most frequent first.</param>
    public static IEnumerable<string> For(IEnumerable<int?> codes) => codes
        .SelectMany(code => ByCode.Where(known => code is { } given && known.Codes.Contains(given)).Select(known => known.Check))
        .Distinct()
        .Concat([Campaign, Log]);
}
