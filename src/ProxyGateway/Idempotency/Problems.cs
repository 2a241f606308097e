using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>Every refusal that has to do with the Idempotency-Key.</summary>
internal static class Problems
{
    public static ApiProblem InvalidKey() => new(
        StatusCodes.Status400BadRequest,
        "invalid-idempotency-key",
        "Invalid Idempotency-Key",
        $"Send 1 to {IdempotencyKey.MaxLength} visible ASCII characters without spaces, for example a UUID.")
    {
        Field = IdempotencyKey.Header,
    };

    public static ApiProblem KeyUsedForAnother() => new(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency-key-reused",
        "The Idempotency-Key belongs to another request",
        "Something else was asked for with this key before. Send the same body as then, or a new key.")
    {
        Field = IdempotencyKey.Header,
    };

    public static ApiProblem UnderWay() => new(
        StatusCodes.Status409Conflict,
        "request-under-way",
        "The request is under way",
        "A request with this key has not been answered yet. Wait as Retry-After says, then send it again.")
    {
        Field = IdempotencyKey.Header,
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static ApiProblem SecretShownOnce() => new(
        StatusCodes.Status409Conflict,
        "secret-shown-once",
        "It was created with this key before",
        "Its secret was in the first answer and is stored nowhere. If that answer is lost, revoke the key it made, and create "
            + "another with a new Idempotency-Key.")
    {
        Field = IdempotencyKey.Header,
    };
}
