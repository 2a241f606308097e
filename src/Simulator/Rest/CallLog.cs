using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Messages;

namespace PhoneMasking.Simulator.Rest;

/// <summary>
/// The last REST calls with their times, to check a client's back-off. Bounded; safe for many callers.
/// </summary>
internal sealed class CallLog(IOptions<AccountOptions> options)
{
    private readonly Lock _gate = new();
    private RecentList<RestCall> _calls = new();
    private long _sequence;

    /// <summary>Adds a call; its sequence number is given here.</summary>
    public void Add(RestCall call)
    {
        lock (_gate)
        {
            _calls.Add(call with { Sequence = ++_sequence });
            if (_calls.Count > options.Value.KeptCalls)
            {
                _calls.RemoveOldest();
            }
        }
    }

    /// <summary>Calls in order, behind a sequence number.</summary>
    public IReadOnlyList<RestCall> After(long sequence, int limit)
    {
        lock (_gate)
        {
            var first = _calls.Count == 0 ? 0 : (int)Math.Clamp(sequence + 1 - _calls[0].Sequence, 0, _calls.Count);
            return [.. Enumerable.Range(first, Math.Min(limit, _calls.Count - first)).Select(index => _calls[index])];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _calls = new();
            _sequence = 0;
        }
    }
}
