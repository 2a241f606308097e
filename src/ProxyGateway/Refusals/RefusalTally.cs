using System.Collections.Concurrent;

namespace PhoneMasking.ProxyGateway.Refusals;

/// <summary>
/// Counts who was turned away, to be told once a minute: one event for each would let anybody fill the audit log.
/// </summary>
internal sealed class RefusalTally
{
    private readonly ConcurrentDictionary<(string Door, string Reason), int> _counts = new();

    /// <summary>Counts one.</summary>
    /// <param name="door">A word of ours, for example <c>webhook</c>; never what the caller sent.</param>
    /// <param name="reason">A word of ours, too.</param>
    public void Count(string door, string reason) => Add(door, reason, 1);

    /// <summary>Counts many, for example those that could not be told.</summary>
    public void Add(string door, string reason, int count) =>
        _counts.AddOrUpdate((door, reason), count, (_, before) => before + count);

    /// <summary>Takes all counts; they begin anew.</summary>
    public IReadOnlyList<(string Door, string Reason, int Count)> Take() =>
    [
        .. _counts.Keys
            .Select(key => _counts.TryRemove(key, out var count) ? (key.Door, key.Reason, count) : default)
            .Where(taken => taken.count > 0),
    ];
}
