using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>Counts the requests of the last second; one too many, and everything is refused for the time of the penalty.</summary>
internal sealed class AirtablePace(AirtableState state, IOptions<AirtableOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<long> _recent = new();
    private long? _penaltySince;

    /// <summary>Whether a request that comes now is answered.</summary>
    public bool Admits()
    {
        var most = state.Current.RequestsPerSecond;
        lock (_gate)
        {
            if (_penaltySince is { } since && clock.GetElapsedTime(since) < options.Value.Penalty)
            {
                return false;
            }

            while (_recent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= Window)
            {
                _recent.Dequeue();
            }

            if (most > 0 && _recent.Count >= most)
            {
                _penaltySince = clock.GetTimestamp();
                return false;
            }

            _recent.Enqueue(clock.GetTimestamp());
            return true;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _recent.Clear();
            _penaltySince = null;
        }
    }
}
