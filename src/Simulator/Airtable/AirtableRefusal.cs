namespace PhoneMasking.Simulator.Airtable;

/// <summary>A refusal as Airtable writes it, in one of its three forms.</summary>
internal sealed class AirtableRefusal : IResult, IStatusCodeHttpResult
{
    private readonly object _body;

    private AirtableRefusal(int status, object body)
    {
        Status = status;
        _body = body;
    }

    public static AirtableRefusal Unauthenticated { get; } =
        Of(StatusCodes.Status401Unauthorized, "AUTHENTICATION_REQUIRED", "Authentication required");

    public static AirtableRefusal InvalidToken { get; } = Of(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "Invalid token");

    /// <summary>A base or table that is not there looks the same as one that the token is not granted.</summary>
    public static AirtableRefusal NotGranted { get; } = Of(
        StatusCodes.Status403Forbidden,
        "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
        "Invalid permissions, or the requested model was not found. Check that both your user and your token have the required "
        + "permissions, and that the model names and/or ids are correct.");

    public static AirtableRefusal NotFound { get; } = new(StatusCodes.Status404NotFound, new { error = "NOT_FOUND" });

    public static AirtableRefusal RateLimited { get; } =
        OfMany("RATE_LIMIT_REACHED", "Rate limit exceeded. Please try again later");

    public static AirtableRefusal BillingLimit { get; } = OfMany(
        "PUBLIC_API_BILLING_LIMIT_EXCEEDED", "API billing plan limit exceeded. You've reached the maximum number of requests.");

    public int Status { get; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>422, the answer to nearly everything that is wrong with a request.</summary>
    public static AirtableRefusal Invalid(string type, string message) =>
        Of(StatusCodes.Status422UnprocessableEntity, type, message);

    public static AirtableRefusal UnknownField(string name) => Invalid("UNKNOWN_FIELD_NAME", $"Unknown field name: \"{name}\"");

    public static AirtableRefusal WrongValue(string field) =>
        Invalid("INVALID_VALUE_FOR_COLUMN", $"Field \"{field}\" cannot accept the provided value");

    public static AirtableRefusal Malformed() =>
        Of(StatusCodes.Status400BadRequest, "INVALID_REQUEST_BODY", "Could not parse request body");

    /// <summary>What a fault switch answers.</summary>
    /// <param name="status">The status of the fault's mode.</param>
    /// <param name="type">The type that the fault names, if it does.</param>
    public static AirtableRefusal OfFault(int status, string? type) => status switch
    {
        StatusCodes.Status429TooManyRequests => OfMany(type ?? "RATE_LIMIT_REACHED", "Switched on by a fault"),
        StatusCodes.Status503ServiceUnavailable => Of(status, type ?? "SERVICE_UNAVAILABLE", "Switched on by a fault"),
        >= StatusCodes.Status500InternalServerError => Of(status, type ?? "SERVER_ERROR", "Switched on by a fault"),
        _ => Invalid(type ?? "INVALID_REQUEST_UNKNOWN", "Switched on by a fault"),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(_body, httpContext.RequestAborted);
    }

    private static AirtableRefusal Of(int status, string type, string message) =>
        new(status, new { error = new { type, message } });

    private static AirtableRefusal OfMany(string error, string message) =>
        new(StatusCodes.Status429TooManyRequests, new { errors = new[] { new { error, message } } });
}
