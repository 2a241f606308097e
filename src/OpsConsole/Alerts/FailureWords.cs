using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Shell;

namespace PhoneMasking.OpsConsole.Alerts;

/// <summary>What is said about failed texts, in the owner's words.</summary>
internal static class FailureWords
{
    /// <summary>How a failure is treated, as in an address.</summary>
    public static readonly IReadOnlyList<(FailureClass Value, Choice Choice)> Classes =
    [
        (FailureClass.Temporary, new("temporary", "Temporary")),
        (FailureClass.Permanent, new("permanent", "Permanent")),
        (FailureClass.Systemic, new("systemic", "Systemic")),
        (FailureClass.Configuration, new("configuration", "Configuration")),
        (FailureClass.OptedOut, new("opted-out", "Opted out")),
        (FailureClass.Warning, new("warning", "Warning")),
    ];

    /// <summary>How a failure is treated.</summary>
    /// <param name="kind">The value.</param>
    public static string Of(FailureClass kind) => Classes.First(known => known.Value == kind).Choice.Words;

    /// <summary>A class's colour; the word says it all.</summary>
    /// <param name="kind">The value.</param>
    public static string Tone(FailureClass kind) => kind switch
    {
        FailureClass.Permanent or FailureClass.Systemic or FailureClass.Configuration => "bad",
        FailureClass.Temporary => "wait",
        _ => "plain",
    };

    /// <summary>Which way a text went.</summary>
    /// <param name="direction">The value.</param>
    public static string Of(MessageDirection direction) => direction switch
    {
        MessageDirection.ClientToSitter => "Client to sitter",
        MessageDirection.SitterToClient => "Sitter to client",
        MessageDirection.Verification => "Test text of a number",
        _ => "A notice of ours",
    };

    /// <summary>How the text failed.</summary>
    /// <param name="outcome">The gateway's word.</param>
    public static string Outcome(string outcome) => outcome switch
    {
        "refused" => "Twilio refused it",
        "gave-up" => "given up after many tries",
        "unreadable" => "its record was damaged: it was not sent",
        _ => outcome.Replace('-', ' '),
    };

    /// <summary>Where a retry stands.</summary>
    /// <param name="state">The value.</param>
    public static string Of(RetryState state) => state switch
    {
        RetryState.Waiting => "Waits",
        RetryState.Ordered => "Goes out now",
        RetryState.Sent => "Sent again",
        RetryState.Delivered => "Arrived",
        RetryState.Failed => "Failed again",
        _ => "Dropped",
    };

    /// <summary>A retry's colour.</summary>
    /// <param name="state">The value.</param>
    public static string Tone(RetryState state) => state switch
    {
        RetryState.Waiting => "wait",
        RetryState.Ordered or RetryState.Sent => "busy",
        RetryState.Delivered => "good",
        RetryState.Failed => "bad",
        _ => "plain",
    };

    /// <summary>Why a retry was dropped; a word not known here is shown as it is, without dashes.</summary>
    /// <param name="reason">The gateway's word; none for none.</param>
    public static string? Reason(string? reason) => reason switch
    {
        null or "" => null,
        "delivered" => "it arrived after all",
        "sent-again" => "its author sent it again",
        "opted-out" => "the receiver wants no texts",
        "session-ended" => "the session had ended",
        "number-changed" => "a number had changed",
        "too-late" => "it was too late for it",
        "unknown-text" => "the text is not known any more",
        _ => reason.Replace('-', ' '),
    };

    /// <summary>Who was told.</summary>
    /// <param name="alert">The value.</param>
    public static string Of(FailureAlert alert) => alert switch
    {
        FailureAlert.Sitter => "Sitter, by text",
        FailureAlert.Owner => "Owner, by e-mail",
        FailureAlert.Limited => "Nobody: told shortly before",
        FailureAlert.Dropped => "Nobody: the sitter could not be told",
        _ => "Nobody",
    };

    /// <summary>A window as people say it.</summary>
    /// <param name="window">The window, 1 minute or more.</param>
    public static string Of(TimeSpan window) => window switch
    {
        { TotalHours: >= 1 } => $"{Math.Round(window.TotalHours)} h",
        _ => $"{Math.Round(window.TotalMinutes)} min",
    };
}
