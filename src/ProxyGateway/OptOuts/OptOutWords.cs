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
    public static bool? Read(string body)
    {
        var word = body.Trim();
        return Stop.Contains(word) ? true : Start.Contains(word) ? false : null;
    }
}
