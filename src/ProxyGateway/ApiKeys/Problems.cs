using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>Every refusal that has to do with keys.</summary>
internal static class Problems
{
    public static ApiProblem NoKey() => new(
        StatusCodes.Status401Unauthorized,
        "no-valid-key",
        "No valid API key",
        "Send a key that is not revoked as Authorization: Bearer pmk_….");

    public static ApiProblem MissingScope(string? scope) => new(
        StatusCodes.Status403Forbidden,
        "missing-scope",
        "The key lacks a scope",
        $"Use a key with the scope {scope}.");

    public static ApiProblem TooManyWrongKeys(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests,
        "too-many-wrong-keys",
        "Too many wrong keys",
        "Too many wrong keys came from this address. Wait as Retry-After says.")
    {
        RetryAfter = wait,
    };

    public static ApiProblem TooManyRequests(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests,
        "too-many-requests",
        "Too many requests",
        "This key has made too many requests. Wait as Retry-After says.")
    {
        RetryAfter = wait,
    };

    public static ApiProblem UnknownKey() => new(
        StatusCodes.Status404NotFound,
        "unknown-key",
        "Unknown key",
        "There is no key with this id.");

    public static ApiProblem UnknownScope() => new(
        StatusCodes.Status400BadRequest,
        "unknown-scope",
        "Unknown scope",
        $"Scopes are {string.Join(", ", Scopes.All)}.")
    {
        Field = "scopes",
    };

    public static ApiProblem ScopeNotYours() => new(
        StatusCodes.Status403Forbidden,
        "scope-not-yours",
        "The new key would have more scopes than yours",
        "Give only scopes that your own key has.")
    {
        Field = "scopes",
    };
}
