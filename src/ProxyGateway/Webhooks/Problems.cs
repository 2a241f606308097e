using Microsoft.AspNetCore.Http.HttpResults;

namespace PhoneMasking.ProxyGateway.Webhooks;

/// <summary>Every refusal of a webhook (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult Unsigned() => Of(
        StatusCodes.Status403Forbidden,
        "unsigned-webhook",
        "The webhook is not signed by the account",
        "Sign the public URL and all parameters with the account's primary auth token, in X-Twilio-Signature.");

    public static ProblemHttpResult NotAForm() => Of(
        StatusCodes.Status415UnsupportedMediaType,
        "not-a-form",
        "The webhook is not a form",
        "Send application/x-www-form-urlencoded, as Twilio does.");

    public static ProblemHttpResult MalformedForm() => Of(
        StatusCodes.Status400BadRequest,
        "malformed-form",
        "The form cannot be read",
        "Send at most 512 parameters with names of at most 512 characters.");

    public static ProblemHttpResult TooLarge() => Of(
        StatusCodes.Status413PayloadTooLarge,
        "webhook-too-large",
        "The webhook is too large",
        "Send at most 65,536 bytes.");

    public static ProblemHttpResult Missing(string parameter) => Of(
        StatusCodes.Status400BadRequest,
        "missing-parameter",
        "A parameter is missing",
        $"Send {parameter}, as Twilio does.",
        parameter);

    public static ProblemHttpResult TooLong(string parameter, int most) => Of(
        StatusCodes.Status400BadRequest,
        "parameter-too-long",
        "A parameter is too long",
        $"Send {parameter} with at most {most} characters, as Twilio does.",
        parameter);

    public static ProblemHttpResult NotStored() => Of(
        StatusCodes.Status503ServiceUnavailable,
        "not-stored",
        "The webhook could not be stored",
        "Nothing was changed. Send it again.");

    private static ProblemHttpResult Of(int status, string type, string title, string detail, string? field = null) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            title: title,
            type: $"urn:phone-masking:{type}",
            extensions: field is null ? null : new Dictionary<string, object?> { ["field"] = field });
}
