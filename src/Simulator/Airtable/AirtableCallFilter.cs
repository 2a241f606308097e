using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Stands in front of every call of Airtable's API: token, limits, base, faults, the call log.</summary>
internal sealed class AirtableCallFilter(
    IOptions<AirtableOptions> options,
    AirtableState state,
    AirtablePace pace,
    FaultBoard faults,
    FaultInjector injector,
    CallLog calls,
    OperationCounts operations,
    TimeProvider clock) : IEndpointFilter
{
    private const string Bearer = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var operation = http.GetEndpoint()!.Metadata.GetRequiredMetadata<RestOperationMetadata>().Operation;
        var arrived = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        Fault? fault = null;
        object? result = null;
        try
        {
            result = Objection(http);
            if (result is null)
            {
                fault = faults.MatchCall(new(operation, To: null, From: null, Body: null));
                result = await injector.RunAsync(fault, http, () => next(context));

                // The injector speaks Twilio's language; the caller of this API expects Airtable's.
                result = result is TwilioError error ? AirtableRefusal.OfFault(error.Status, fault?.Request.Message) : result;
            }

            return result;
        }
        finally
        {
            var status = StatusOf(result);
            operations.Count(operation, status);
            var time = Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 1);
            calls.Add(new(0, arrived, operation, null, null, status, null, null, fault?.Mode.ToString(), time));
        }
    }

    private static int StatusOf(object? result) => result switch
    {
        ConnectionCut or null => 0,
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        _ => StatusCodes.Status200OK,
    };

    private AirtableRefusal? Objection(HttpContext http)
    {
        var standing = state.Current;
        var isSchema = http.Request.Path.StartsWithSegments("/v0/meta");
        return !standing.IsAvailable ? AirtableRefusal.OfFault(StatusCodes.Status503ServiceUnavailable, null)
            : Unauthenticated(http.Request)
            ?? (!pace.Admits() ? AirtableRefusal.RateLimited
                : !standing.HasQuota && !isSchema ? AirtableRefusal.BillingLimit
                : !standing.IsGranted || http.Request.RouteValues["baseId"] as string != options.Value.BaseId
                    ? AirtableRefusal.NotGranted
                : null);
    }

    private AirtableRefusal? Unauthenticated(HttpRequest request)
    {
        var given = request.Headers.Authorization.ToString();
        return !given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? AirtableRefusal.Unauthenticated
            : CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(given[Bearer.Length..]), Encoding.UTF8.GetBytes(options.Value.Token)) ? null
            : AirtableRefusal.InvalidToken;
    }
}
