using System.Globalization;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Faults;

namespace PhoneMasking.Simulator.Rest;

/// <summary>Stands in front of every REST call: credentials, pace, faults, the call log.</summary>
internal sealed class RestCallFilter(
    BasicAuthentication authentication,
    IOptions<AccountOptions> account,
    AccountState state,
    Pace pace,
    FaultBoard faults,
    FaultInjector injector,
    CallLog calls,
    OperationCounts operations,
    Counters counters,
    TimeProvider clock) : IEndpointFilter
{
    /// <summary>Key of the request item in which an endpoint leaves the SID of what it created.</summary>
    public const string CreatedSid = "created-sid";

    private const string ConcurrentRequests = "Twilio-Concurrent-Requests";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var operation = http.GetEndpoint()!.Metadata.GetRequiredMetadata<RestOperationMetadata>().Operation;
        var underWay = pace.Enter();
        object? result = null;
        try
        {
            counters.Count(Counted.RestCalls);
            http.Response.Headers[ConcurrentRequests] = underWay.ToString(CultureInfo.InvariantCulture);
            result = Objection(http, operation) ?? await LogAsync(context, next, operation, underWay);
            return result;
        }
        finally
        {
            // In finally, because a client that gives up ends the request with an exception.
            pace.Leave();
            operations.Count(operation, StatusOf(result));
        }
    }

    private static async Task<FaultSubject> ReadAsync(HttpContext http, RestOperation operation)
    {
        if (!http.Request.HasFormContentType)
        {
            // Endpoints may ask a POST for its form whatever was sent.
            http.Request.Form = FormCollection.Empty;
            return new(operation, http.Request.Query["To"], http.Request.Query["From"], Body: null);
        }

        // A purchase names the number it is about in its own way.
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var to = form.ContainsKey("To") ? form["To"] : form["PhoneNumber"];
        return new(operation, to, form["From"], form["Body"]);
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

    private TwilioError? Objection(HttpContext http, RestOperation operation)
    {
        if (!authentication.Accepts(http.Request))
        {
            return TwilioError.Unauthenticated;
        }

        // The newer APIs have no account in their paths.
        if (http.Request.RouteValues["accountSid"] is string sid && sid != account.Value.AccountSid)
        {
            return TwilioError.NotFound(http.Request.Path);
        }

        // Twilio names "account is suspended or closed" among the causes of 20003. Only the account itself is shown.
        return state.Current.IsActive || operation == RestOperation.Account ? null : TwilioError.Unauthenticated;
    }

    private async Task<object?> LogAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next,
        RestOperation operation,
        int underWay)
    {
        var http = context.HttpContext;
        var arrived = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var call = await ReadAsync(http, operation);
        Fault? fault = null;
        object? result = null;
        try
        {
            var settings = pace.Current;
            if (settings.MostConcurrent > 0 && underWay > settings.MostConcurrent)
            {
                result = TwilioError.TooMany(settings.RetryAfterSeconds);
                return result;
            }

            await injector.WaitAsync(settings.Latency, http);
            fault = faults.MatchCall(call);
            result = await injector.RunAsync(fault, http, () => next(context));
            return result;
        }
        finally
        {
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
}

/// <summary>Says which operation an endpoint is.</summary>
internal sealed record RestOperationMetadata(RestOperation Operation);
