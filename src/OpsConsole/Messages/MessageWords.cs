using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Messages;

/// <summary>What is said about texts, in the owner's words.</summary>
internal static class MessageWords
{
    private static readonly Dictionary<string, string> NotRelayed = new(StringComparer.Ordinal)
    {
        ["stranger-on-pool-number"] = "Only sitters can write to a pool number",
        ["standby-number"] = "No sitter has this number",
        ["dedicated-number"] = "The number is one client's own",
        ["unknown-number"] = "The number is not ours",
        ["unusable-sender"] = "Its sender cannot be answered",
        ["no-content"] = "There was nothing in it",
        ["own-reserved-number"] = "The sitter wrote to their own Reserved number",
        ["no-session"] = "No client stands behind this thread any more",
        ["ambiguous-session"] = "The thread has stood for more than one client",
        ["client-has-no-phone"] = "The client has no phone any more",
        ["sitter-has-no-number"] = "The sitter has no Reserved number",
        ["opt-out-word"] = "It opts out of texts, or in again",
        ["opted-out"] = "The other side wants no texts",
    };

    /// <summary>Why a text stands where it stands; none when there is nothing to say.</summary>
    /// <param name="message">The text.</param>
    public static string? Why(MessageView message) => message.Reason switch
    {
        null or "" => null,
        var reason when NotRelayed.TryGetValue(reason, out var words) => words,
        var code when code.All(char.IsAsciiDigit) => $"Twilio error {code}",
        var reason => char.ToUpperInvariant(reason[0]) + reason[1..].Replace('-', ' '),
    };
}
