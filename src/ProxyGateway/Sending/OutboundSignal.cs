using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Waking;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Wakes this instance's sending when there may be a text to send, and says in which threads: to look there costs much
/// less than to look everywhere.
/// </summary>
internal sealed class OutboundSignal : WakeSignal
{
    private const int MostThreads = 1000;
    private readonly Lock _lock = new();
    private HashSet<(E164Number Ours, E164Number Theirs)> _threads = [];
    private bool _everywhere;

    /// <summary>Call after the commit, when there may be a text to send in some threads.</summary>
    public void WakeFor(IEnumerable<(E164Number Ours, E164Number Theirs)> threads)
    {
        lock (_lock)
        {
            _threads.UnionWith(threads);
            _everywhere |= _threads.Count > MostThreads;
        }

        Wake();
    }

    /// <summary>Call after the commit, when there may be a text to send in any thread.</summary>
    public void WakeForAll()
    {
        lock (_lock)
        {
            _everywhere = true;
        }

        Wake();
    }

    /// <summary>The threads that were named since the last call; empty when it is better to look everywhere.</summary>
    public IReadOnlyCollection<(E164Number Ours, E164Number Theirs)> TakeThreads()
    {
        lock (_lock)
        {
            var threads = _everywhere ? [] : _threads;
            _threads = [];
            _everywhere = false;
            return threads;
        }
    }
}
