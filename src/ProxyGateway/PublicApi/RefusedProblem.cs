using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>Passes on what another service, or a rule that all services share, refused.</summary>
internal static class RefusedProblem
{
    public static ApiProblem Of(Refused refused) => refused.Kind switch
    {
        RefusalKind.NotFound => Of(refused, StatusCodes.Status404NotFound, "Not found"),
        RefusalKind.Conflict => Of(refused, StatusCodes.Status409Conflict, "Not possible now"),
        _ => Of(refused, StatusCodes.Status400BadRequest, "Invalid request"),
    };

    public static ApiProblem ServiceAway() => new(
        StatusCodes.Status503ServiceUnavailable,
        "service-away",
        "A service is away",
        "The service that keeps this did not answer in time; it may still do it. Try again with the same Idempotency-Key.");

    private static ApiProblem Of(Refused refused, int status, string title) =>
        new(status, refused.Problem, title, refused.Detail) { Field = refused.Field };
}
