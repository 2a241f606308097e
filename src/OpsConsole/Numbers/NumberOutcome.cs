namespace PhoneMasking.OpsConsole.Numbers;

/// <summary>What is said once an action was taken.</summary>
internal static class NumberOutcome
{
    /// <summary>The words; none for what is no action, since anyone can type an address.</summary>
    /// <param name="done">The action in the address.</param>
    public static string? Words(string? done) => done switch
    {
        NumberAction.Attach => "Started again: it is attached and tested by itself. This page keeps up.",
        NumberAction.Verify => "A test text is on its way. The number is Ready when it arrives; this page keeps up.",
        NumberAction.Assign => "The sitter has this number now.",
        NumberAction.Release => "Taken back. It rests before anybody else gets it.",
        "retire" => "Given up: it goes back to Twilio and no longer costs anything.",
        _ => null,
    };
}
