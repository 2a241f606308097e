using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Faults;

namespace PhoneMasking.Simulator.Rest;

/// <summary>Stands in front of every REST call: credentials, faults, the call log.</summary>
internal sealed class RestCallFilter(
    BasicAuthentication authentication,
    IOptions<AccountOptions> account,
    FaultBoard faults,
    FaultInjector injector,
    CallLog calls,
    Counters counters,
    TimeProvider clock) : IEndpointFilter
{
    /// <summary>Key of the request item in which an endpoint leaves the SID of what it created.</summary>
    public const string CreatedSid = "created-sid";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var arrived = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        counters.Count(Counted.RestCalls);

        if (!authentication.Accepts(http.Request))
        {
            return TwilioError.Unauthenticated;
        }

        if (http.Request.RouteValues["accountSid"] as string != account.Value.AccountSid)
        {
            return TwilioError.NotFound(http.Request.Path);
        }

        var call = await ReadAsync(http);
        var fault = faults.MatchCall(call);
        object? result = null;
        try
        {
            result = await injector.RunAsync(fault, http, () => next(context));
            return result;
        }
        finally
        {
            // In finally, because a client that gives up ends the request with an exception.
            calls.Add(new(
                Sequence: 0,
                arrived,
                call.Operation,
                call.To,
                call.From,
                StatusOf(result),
                (Inner(result) as TwilioError)?.Code,
                http.Items[CreatedSid] as string,
                fault?.Mode.ToString(),
                Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 1)));
        }
    }

    private static async Task<FaultSubject> ReadAsync(HttpContext http)
    {
        var operation = http.GetEndpoint()!.Metadata.GetRequiredMetadata<RestOperationMetadata>().Operation;
        if (!http.Request.HasFormContentType)
        {
            // Endpoints may ask a POST for its form whatever was sent.
            http.Request.Form = FormCollection.Empty;
            return new(operation, http.Request.Query["To"], http.Request.Query["From"], Body: null);
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return new(operation, form["To"], form["From"], form["Body"]);
    }

    private static int StatusOf(object? result) =>
        Inner(result) switch
        {
            ConnectionCut => 0,
            IStatusCodeHttpResult { StatusCode: { } status } => status,
            null => 0,
            _ => StatusCodes.Status200OK,
        };

    private static object? Inner(object? result) => result is INestedHttpResult nested ? nested.Result : result;
}

/// <summary>Says which operation an endpoint is.</summary>
internal sealed record RestOperationMetadata(RestOperation Operation);
