namespace PhoneMasking.Simulator.Mailbox;

/// <summary>A refusal in the form of Resend's API.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Name">The error's stable name.</param>
/// <param name="Message">The error in words.</param>
internal sealed record MailError(int StatusCode, string Name, string Message)
{
    public static MailError MissingKey { get; } = new(
        StatusCodes.Status401Unauthorized, "missing_api_key", "Missing API key in the authorization header");

    public static MailError InvalidKey { get; } = new(
        StatusCodes.Status403Forbidden, "invalid_api_key", "API key is invalid");

    public static MailError InvalidIdempotencyKey { get; } = new(
        StatusCodes.Status400BadRequest, "invalid_idempotency_key", "The idempotency key must be 1 to 256 characters");

    public static MailError UsedForAnother { get; } = new(
        StatusCodes.Status409Conflict,
        "invalid_idempotent_request",
        "This idempotency key was used with another payload before");

    public static MailError Missing(string field) => new(
        StatusCodes.Status422UnprocessableEntity, "missing_required_field", $"Missing `{field}` field");

    public static MailError Invalid(string field) => new(
        StatusCodes.Status422UnprocessableEntity, "validation_error", $"Invalid `{field}` field");

    /// <summary>The error that a fault switch answers.</summary>
    public static MailError OfFault(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => new(status, "rate_limit_exceeded", "Too many requests"),
        >= StatusCodes.Status500InternalServerError => new(status, "application_error", "Switched on by a fault"),
        _ => new(status, "validation_error", "Switched on by a fault"),
    };
}
