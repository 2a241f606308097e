using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Shell;

namespace PhoneMasking.OpsConsole.DeadLetters;

/// <summary>What is said about messages that could not be processed, in the owner's words.</summary>
internal static class DeadLetterWords
{
    /// <summary>The word in an address for every state.</summary>
    public const string Every = "all";

    /// <summary>The states of a dead letter, as in an address.</summary>
    public static readonly IReadOnlyList<(DeadLetterState Value, Choice Choice)> States =
    [
        (DeadLetterState.Open, new("open", "Open")),
        (DeadLetterState.SentAgain, new("sent-again", "Sent again")),
        (DeadLetterState.Discarded, new("discarded", "Discarded")),
    ];

    /// <summary>Where a dead letter stands.</summary>
    /// <param name="state">The value.</param>
    public static string Of(DeadLetterState state) => States.First(known => known.Value == state).Choice.Words;

    /// <summary>A state's colour; the word says it all.</summary>
    /// <param name="state">The value.</param>
    public static string Tone(DeadLetterState state) => state switch
    {
        DeadLetterState.Open => "bad",
        DeadLetterState.SentAgain => "busy",
        _ => "plain",
    };

    /// <summary>Reads a state: open ones unless another, or all, are asked for.</summary>
    /// <param name="text">What stands in the address.</param>
    public static DeadLetterState? Read(string? text) =>
        text == Every ? null : States.FirstOrDefault(known => known.Choice.Key == text).Value;

    /// <summary>What a message was about.</summary>
    /// <param name="letter">The dead letter.</param>
    public static string About(DeadLetterView letter) => letter.Type == "unknown" ? "Unknown message" : letter.Type;

    /// <summary>Why a message died.</summary>
    /// <param name="letter">The dead letter.</param>
    public static string Why(DeadLetterView letter) => letter.Reason switch
    {
        "fault" => "Failed at every try",
        "skipped" => "Nobody takes such messages from this queue",
        "delivery-limit" => "Delivered too often",
        "expired" => "Waited too long",
        "maxlen" => "The queue was full",
        var other => other.Replace('-', ' '),
    };

    /// <summary>How often it was sent again before.</summary>
    /// <param name="times">0 or more.</param>
    public static string Before(int times) => times switch
    {
        0 => "never",
        1 => "once",
        2 => "twice",
        _ => $"{times} times",
    };
}
