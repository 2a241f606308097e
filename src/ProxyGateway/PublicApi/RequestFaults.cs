using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>Says what is wrong with a request that could not be read, and that the database is away when it is.</summary>
internal sealed partial class RequestFaults : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ApiProblem(
                StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large", "Send less at a time."),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new ApiProblem(
                StatusCodes.Status415UnsupportedMediaType, "not-json", "The body is not JSON", "Send application/json."),
            BadHttpRequestException { InnerException: JsonException json } => new ApiProblem(
                StatusCodes.Status400BadRequest,
                "malformed-json",
                "The body cannot be read",
                "Send JSON with the fields and types that /docs shows.")
            {
                Field = FieldOf(json.Path),
            },
            BadHttpRequestException bad => new ApiProblem(
                bad.StatusCode, "malformed-request", "The request cannot be read", "Send what /docs shows.")
            {
                Field = ParameterOf(bad.Message),
            },
            _ when DatabaseFault.IsTransient(exception) => new ApiProblem(
                StatusCodes.Status503ServiceUnavailable,
                "service-away",
                "A service is away",
                "Nothing was changed. Try again in some seconds."),
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    // Of the framework's message only the parameter's name: what was sent may be personal data.
    private static string? ParameterOf(string message) =>
        ParameterName().Match(message) is { Success: true } found ? JsonNamingPolicy.CamelCase.ConvertName(found.Groups[1].Value) : null;

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (\\w+)\" from ")]
    private static partial Regex ParameterName();

    private static string? FieldOf(string? path) => path is ['$', '.', .. var field] ? field : null;
}
