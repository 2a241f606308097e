using System.Collections.Concurrent;

namespace PhoneMasking.Simulator.Messages;

/// <summary>
/// Who sent STOP to which number. Kept per pair, as Twilio keeps it for long codes without a service.
/// </summary>
/// <remarks>Words: reference "Advanced Opt-Out", the defaults for long codes.</remarks>
internal sealed class OptOuts
{
    private const string Stopped =
        "You have successfully been unsubscribed. You will not receive any more messages from this number. "
        + "Reply START to resubscribe.";

    private const string Started =
        "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
        + "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";

    private const string Help = "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";

    private static readonly HashSet<string> StopWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL",
    };

    private static readonly HashSet<string> StartWords = new(StringComparer.OrdinalIgnoreCase) { "START", "UNSTOP" };

    private static readonly HashSet<string> HelpWords = new(StringComparer.OrdinalIgnoreCase) { "HELP", "INFO" };

    private readonly ConcurrentDictionary<(string Handset, string OwnNumber), byte> _stopped = new();

    public bool Contains(string handset, string ownNumber) => _stopped.ContainsKey((handset, ownNumber));

    /// <summary>Notes what a handset's text means for its subscription.</summary>
    /// <returns>What Twilio answers by itself; null when the text is not one of the words.</returns>
    public string? Note(string handset, string ownNumber, string body)
    {
        var word = body.Trim();
        if (StopWords.Contains(word))
        {
            // Who has stopped already gets no second confirmation.
            return _stopped.TryAdd((handset, ownNumber), 0) ? Stopped : null;
        }

        if (StartWords.Contains(word))
        {
            _stopped.TryRemove((handset, ownNumber), out _);
            return Started;
        }

        return HelpWords.Contains(word) ? Help : null;
    }

    public void Clear() => _stopped.Clear();
}
