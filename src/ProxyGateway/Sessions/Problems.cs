using System.Diagnostics;
using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>Every refusal of this capability.</summary>
internal static class Problems
{
    public static ApiProblem Of(SessionOutcome outcome) => outcome switch
    {
        SessionOutcome.UnknownSession => NotFound("unknown-session", "Unknown session", "There is no session with this id."),
        SessionOutcome.UnknownSitter => NotFound(
            "unknown-sitter", "Unknown sitter", "There is no active sitter with this id.", "sitterId"),
        SessionOutcome.UnknownClient => NotFound(
            "unknown-client", "Unknown client", "There is no client with this id.", "clientId"),
        SessionOutcome.SitterHasNoNumber => Conflict(
            "no-reserved-number", "No Reserved number", "The sitter has no Reserved number yet.", "sitterId"),
        SessionOutcome.ClientHasNoPhone => Conflict(
            "no-phone", "No phone", "The client has no phone.", "clientId"),
        SessionOutcome.PoolExhausted => Conflict(
            "pool-exhausted",
            "The pool is exhausted",
            "Every Ready pool number stands for another client of this sitter. Import numbers, or close a session."),
        SessionOutcome.Closed => Conflict(
            "session-closed", "The session is closed", "Open the pair's session again with POST /v1/sessions."),
        _ => throw new UnreachableException(),
    };

    private static ApiProblem NotFound(string type, string title, string detail, string? wrong = null) =>
        new(StatusCodes.Status404NotFound, type, title, detail) { Field = wrong };

    private static ApiProblem Conflict(string type, string title, string detail, string? wrong = null) =>
        new(StatusCodes.Status409Conflict, type, title, detail) { Field = wrong };
}
