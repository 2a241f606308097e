using Microsoft.Extensions.Options;
using PhoneMasking.Twilio.Messages;
using Polly;
using Polly.CircuitBreaker;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Stops calling Twilio for a while when most calls fail, so that an outage is not met with a storm, and remembers until when
/// Twilio has asked this instance to wait.
/// </summary>
internal sealed partial class ProviderGate
{
    private readonly ResiliencePipeline<SendOutcome> _pipeline;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _breakDuration;
    private readonly ILogger<ProviderGate> _logger;
    private long _shutUntilTicks;
    private long _pausedUntil;

    public ProviderGate(IOptions<SendingOptions> options, TimeProvider clock, ILogger<ProviderGate> logger)
    {
        _logger = logger;
        _clock = clock;
        _breakDuration = options.Value.BreakDuration;
        _pausedUntil = clock.GetTimestamp();
        _pipeline = new ResiliencePipelineBuilder<SendOutcome> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendOutcome>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(5),
                BreakDuration = _breakDuration,
                OnOpened = opened =>
                {
                    // Once an outage, not after each call that tried whether it is over.
                    if (Interlocked.Exchange(ref _shutUntilTicks, (clock.GetUtcNow() + opened.BreakDuration).UtcTicks) == 0)
                    {
                        LogShut(opened.BreakDuration);
                    }

                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    Volatile.Write(ref _shutUntilTicks, 0);
                    LogOpen();
                    return ValueTask.CompletedTask;
                },
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is SendOutcome.Unknown or SendOutcome.NotSent or SendOutcome.AccountRefused),
            })
            .Build();
    }

    /// <summary>
    /// For how long Twilio wants no call from now on; zero or less: it may be called. Known here at once, and to every instance by
    /// <see cref="OutboundClaims.PauseAsync"/> when it next takes texts.
    /// </summary>
    public TimeSpan Pause => _clock.GetElapsedTime(_clock.GetTimestamp(), Volatile.Read(ref _pausedUntil));

    /// <summary>Twilio wants no call for a while; a pause that ends later stays.</summary>
    public void PauseFor(TimeSpan wait)
    {
        var until = _clock.GetTimestamp() + (long)(wait.TotalSeconds * _clock.TimestampFrequency);
        for (var known = Volatile.Read(ref _pausedUntil); known < until;)
        {
            var found = Interlocked.CompareExchange(ref _pausedUntil, until, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }

    /// <summary>
    /// How many texts may be taken for sending now, of those that the caller has room for: none while the gate is shut;
    /// then one at a time, which tries whether Twilio is back, so that no other counts an attempt that is none.
    /// </summary>
    public int Admits(int room)
    {
        var until = Volatile.Read(ref _shutUntilTicks);
        if (until == 0 || room == 0)
        {
            return room;
        }

        var now = _clock.GetUtcNow();
        return now.UtcTicks >= until
            && Interlocked.CompareExchange(ref _shutUntilTicks, (now + _breakDuration).UtcTicks, until) == until
            ? 1
            : 0;
    }

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

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Most calls to Twilio fail: texts wait, one is tried each {BreakDuration}")]
    private partial void LogShut(TimeSpan breakDuration);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Twilio answers again: texts go on")]
    private partial void LogOpen();
}
