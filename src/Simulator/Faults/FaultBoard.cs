using System.Collections.Immutable;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Faults;

/// <summary>The faults that are switched on. The first that strikes counts, in the order they were added.</summary>
internal sealed class FaultBoard(Counters counters, TimeProvider clock) : IDisposable
{
    private const int DefaultDeliveryCode = 30003;

    private ImmutableList<Fault> _faults = [];
    private CancellationTokenSource _cleared = new();

    public IReadOnlyList<Fault> List() => _faults;

    /// <summary>Cancelled when all faults are cleared: calls that hang are then cut.</summary>
    public CancellationToken Cleared => _cleared.Token;

    public Fault Add(FaultRequest request)
    {
        var fault = new Fault(Guid.CreateVersion7(clock.GetUtcNow()), request);
        ImmutableInterlocked.Update(ref _faults, faults => faults.Add(fault));
        return fault;
    }

    /// <summary>Switches one off. False when there is none with this id.</summary>
    public bool Remove(Guid id) => ImmutableInterlocked.Update(
        ref _faults,
        faults => faults.RemoveAll(fault => fault.Id == id));

    public void Clear()
    {
        ImmutableInterlocked.Update(ref _faults, faults => faults.Clear());
        // Not disposed: a call that is just asking for its token must get one. It holds no timer.
        Interlocked.Exchange(ref _cleared, new()).Cancel();
    }

    public void Dispose() => _cleared.Dispose();

    /// <summary>The fault that strikes a REST call, or null.</summary>
    public Fault? MatchCall(FaultSubject subject) => Match(subject, aboutDelivery: false);

    /// <summary>How a message is to end when a fault strikes its delivery, or null.</summary>
    public DeliveryFault? MatchDelivery(string to, string from, string body)
    {
        var fault = Match(new(RestOperation.Send, to, from, body), aboutDelivery: true);
        if (fault is null)
        {
            return null;
        }

        var status = fault.Mode == FaultMode.Failed ? MessageStatus.Failed : MessageStatus.Undelivered;
        return new(status, fault.Request.Code ?? DefaultDeliveryCode);
    }

    private Fault? Match(FaultSubject subject, bool aboutDelivery)
    {
        foreach (var fault in _faults)
        {
            if (fault.IsAboutDelivery == aboutDelivery && fault.Strikes(subject))
            {
                counters.Count(Counted.Faults);
                return fault;
            }
        }

        return null;
    }
}
