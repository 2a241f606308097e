using Microsoft.Extensions.Options;
using PhoneMasking.Twilio.Messages;
using Polly;
using Polly.CircuitBreaker;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>Stops calling Twilio for a while when most calls fail, so that an outage is not met with a storm.</summary>
internal sealed class ProviderGate
{
    private readonly ResiliencePipeline<SendOutcome> _pipeline;
    private readonly TimeProvider _clock;
    private long _shutUntilTicks;

    public ProviderGate(IOptions<SendingOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _pipeline = new ResiliencePipelineBuilder<SendOutcome> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendOutcome>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(5),
                BreakDuration = options.Value.BreakDuration,
                OnOpened = opened =>
                {
                    Volatile.Write(ref _shutUntilTicks, (clock.GetUtcNow() + opened.BreakDuration).UtcTicks);
                    return ValueTask.CompletedTask;
                },
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is SendOutcome.Unknown or SendOutcome.NotSent),
            })
            .Build();
    }

    /// <summary>True while nothing should be sent; then one call may try whether Twilio is back.</summary>
    public bool IsShut => _clock.GetUtcNow().UtcTicks < Volatile.Read(ref _shutUntilTicks);

    /// <summary>Sends, unless the gate is shut.</summary>
    /// <returns>None when it was not even tried.</returns>
    public async Task<SendOutcome?> SendAsync(Func<Task<SendOutcome>> send)
    {
        try
        {
            return await _pipeline.ExecuteAsync(static async (send, _) => await send(), send, CancellationToken.None);
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
    }
}
