using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>A refusal of the public API: RFC 9457 problem details with a stable type.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The type's name in kebab case, for example <c>pool-exhausted</c>.</param>
/// <param name="Title">What happened, the same for every problem of this type.</param>
/// <param name="Detail">What would be right; without numbers, names and bodies.</param>
internal sealed record ApiProblem(int Status, string Type, string Title, string Detail) : IResult
{
    public const string Urn = "urn:phone-masking:";

    /// <summary>The field of the request that is wrong, when it is one.</summary>
    public string? Field { get; init; }

    /// <summary>The result's word, where an operation has several.</summary>
    public string? Result { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var problem = new ProblemDetails { Status = Status, Type = Urn + Type, Title = Title, Detail = Detail };
        if (Field is not null)
        {
            problem.Extensions["field"] = Field;
        }

        if (Result is not null)
        {
            problem.Extensions["result"] = Result;
        }

        return TypedResults.Problem(problem).ExecuteAsync(httpContext);
    }
}
