using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Messages;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>A message that reached its handset, with its place in the order of arrival, from 1.</summary>
internal sealed record Delivery(long Sequence, DateTimeOffset At, Message Message);

/// <summary>What reached the handsets, in order. As many entries as messages are kept.</summary>
internal sealed class DeliveryLog(IOptions<MessageOptions> options)
{
    private readonly Lock _gate = new();
    private RecentList<Delivery> _deliveries = new();
    private long _sequence;

    public void Add(Message message, DateTimeOffset at)
    {
        lock (_gate)
        {
            _deliveries.Add(new(++_sequence, at, message));
            if (_deliveries.Count > options.Value.Kept)
            {
                _deliveries.RemoveOldest();
            }
        }
    }

    /// <summary>Deliveries in order, behind a sequence number.</summary>
    public IReadOnlyList<Delivery> After(long sequence, int limit, Func<Message, bool> accepts)
    {
        lock (_gate)
        {
            var count = _deliveries.Count;
            var first = count == 0 ? 0 : (int)Math.Clamp(sequence + 1 - _deliveries[0].Sequence, 0, count);
            return
            [
                .. Enumerable.Range(first, count - first)
                    .Select(index => _deliveries[index])
                    .Where(delivery => accepts(delivery.Message))
                    .Take(limit),
            ];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _deliveries = new();
            _sequence = 0;
        }
    }
}
