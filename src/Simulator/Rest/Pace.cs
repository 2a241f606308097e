using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Rest;

/// <summary>
/// The pace of REST calls at the moment, and how many are under way: Twilio's 429 is about calls at a time, not calls
/// per second (reference/twilio.md 2.8).
/// </summary>
internal sealed class Pace(IOptions<PaceOptions> options)
{
    private volatile PaceSettings _current = PaceSettings.Of(options.Value);
    private int _underWay;

    public PaceSettings Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Counts a call in and gives how many are under way, this one included.</summary>
    public int Enter() => Interlocked.Increment(ref _underWay);

    /// <summary>Counts a call out.</summary>
    public void Leave() => Interlocked.Decrement(ref _underWay);

    public void Reset() => _current = PaceSettings.Of(options.Value);
}

/// <summary>How fast calls are answered, and how many at a time; 0 is without limit.</summary>
internal sealed record PaceSettings(TimeSpan Latency, int MostConcurrent, int RetryAfterSeconds)
{
    public static PaceSettings Of(PaceOptions options) =>
        new(options.Latency, options.MostConcurrent, options.RetryAfterSeconds);
}
