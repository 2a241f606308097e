namespace PhoneMasking.OpsConsole.Sessions;

/// <summary>What is said about sessions, in the owner's words.</summary>
internal static class SessionWords
{
    /// <summary>Why a session was closed; a word not known here is shown as it is, without dashes.</summary>
    /// <param name="reason">The gateway's word; none while it is open.</param>
    public static string? Closed(string? reason) => reason switch
    {
        null or "" => null,
        "expired" => "nobody wrote for long",
        "api" => "through the API",
        "sitter-removed" => "the sitter was removed",
        "client-merged" => "the client became one with another",
        "number-retired" => "its pool number was given back",
        _ => reason.Replace('-', ' '),
    };
}
