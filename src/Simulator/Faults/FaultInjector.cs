using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Faults;

/// <summary>Makes a REST call go wrong in the way of a fault.</summary>
internal sealed class FaultInjector(FaultBoard board, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(2);

    /// <summary>Runs the call, or not, and gives the answer that the client shall see.</summary>
    public async Task<object?> RunAsync(Fault? fault, HttpContext http, Func<ValueTask<object?>> call)
    {
        switch (fault?.Mode)
        {
            case FaultMode.E400:
                return new TwilioError(
                    StatusCodes.Status400BadRequest,
                    fault.Request.Code ?? TwilioError.InvalidRecipient("").Code,
                    fault.Request.Message ?? "Refused by a fault switch");
            case FaultMode.E401:
                return new TwilioError(StatusCodes.Status401Unauthorized, fault.Request.Code ?? 20003, "Authenticate");
            case FaultMode.E500:
                return ServerError(StatusCodes.Status500InternalServerError);
            case FaultMode.E503:
                return ServerError(StatusCodes.Status503ServiceUnavailable);
            case FaultMode.E429:
                return TwilioError.TooMany(fault.Request.RetryAfterSeconds);
            case FaultMode.Slow:
                await WaitAsync(DelayOf(fault), http);
                return await call();
            case FaultMode.Hang:
                return await HangAsync(http);
            case FaultMode.Reset:
                return Cut(http);
            case FaultMode.Accept500:
                await call();
                return ServerError(StatusCodes.Status500InternalServerError);
            case FaultMode.AcceptHang:
                await call();
                return await HangAsync(http);
            case FaultMode.AcceptReset:
                await call();
                return Cut(http);
            case FaultMode.AcceptSlow:
                var answer = await call();
                await WaitAsync(DelayOf(fault), http);
                return answer;
            default:
                return await call();
        }
    }

    /// <summary>
    /// Waits until the time is over, the client is gone, the faults are cleared, or the program ends.
    /// </summary>
    public async Task WaitAsync(TimeSpan delay, HttpContext http)
    {
        if (delay == TimeSpan.Zero)
        {
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted,
            board.Cleared,
            lifetime.ApplicationStopping);
        await Task.Delay(delay, clock, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TimeSpan DelayOf(Fault fault) =>
        fault.Request.DelayMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : DefaultDelay;

    private static TwilioError ServerError(int status) =>
        status == StatusCodes.Status503ServiceUnavailable
            ? new(status, 20503, "Service is unavailable. Please try again")
            : new(status, 20500, "An internal server error has occurred");

    private static ConnectionCut Cut(HttpContext http)
    {
        http.Abort();
        return new();
    }

    private async Task<ConnectionCut> HangAsync(HttpContext http)
    {
        await WaitAsync(Timeout.InfiniteTimeSpan, http);
        return Cut(http);
    }
}

/// <summary>The answer of a connection that was cut: nothing.</summary>
internal sealed class ConnectionCut : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Task.CompletedTask;
}
