using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Shell;

namespace PhoneMasking.OpsConsole.Emails;

/// <summary>What is said about e-mails to the owner, in the owner's words.</summary>
internal static class EmailWords
{
    /// <summary>The states of an e-mail, as in an address.</summary>
    public static readonly IReadOnlyList<(EmailState Value, Choice Choice)> States =
    [
        (EmailState.Waiting, new("waiting", "Waiting")),
        (EmailState.Sent, new("sent", "Sent")),
        (EmailState.Failed, new("failed", "Failed")),
        (EmailState.Unknown, new("unknown", "Perhaps sent")),
        (EmailState.Suppressed, new("suppressed", "Not to be sent")),
    ];

    /// <summary>Where an e-mail stands.</summary>
    /// <param name="state">The value.</param>
    public static string Of(EmailState state) => States.First(known => known.Value == state).Choice.Words;

    /// <summary>A state's colour; the word says it all.</summary>
    /// <param name="state">The value.</param>
    public static string Tone(EmailState state) => state switch
    {
        EmailState.Sent => "good",
        EmailState.Failed => "bad",
        EmailState.Waiting or EmailState.Unknown => "wait",
        _ => "plain",
    };

    /// <summary>Reads a state; what is no word of it counts as absent, since anyone can type an address.</summary>
    /// <param name="text">What stands in the address.</param>
    public static EmailState? Read(string? text) =>
        States.Where(known => known.Choice.Key == text).Select(known => (EmailState?)known.Value).FirstOrDefault();
}
