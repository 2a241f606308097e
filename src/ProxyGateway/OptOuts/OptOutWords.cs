using System.Collections.Frozen;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>
/// The words that Twilio itself acts on, as the whole text, in any case. Source: reference "Advanced Opt-Out",
/// twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
internal static class OptOutWords
{
    private static readonly FrozenSet<string> Stop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL");

    private static readonly FrozenSet<string> Start = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "START", "UNSTOP");

    /// <summary>True for a word that opts out, false for one that opts in again, null for any other text.</summary>
    /// <param name="body">The text.</param>
    /// <param name="type">
    /// What Twilio took it for: <c>STOP</c>, <c>START</c> or <c>HELP</c>. It says so only with Advanced Opt-Out, where the words
    /// are the account's own; none when it does not.
    /// </param>
    public static bool? Read(string body, string? type = null)
    {
        var word = body.Trim();
        return type switch
        {
            "STOP" => true,
            "START" => false,
            "HELP" => null,
            _ => Stop.Contains(word) ? true : Start.Contains(word) ? false : null,
        };
    }
}
