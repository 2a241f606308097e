using System.Threading.Channels;

namespace PhoneMasking.ServiceDefaults.Waking;

/// <summary>Wakes a loop of this process; many calls while it works are one.</summary>
public abstract class WakeSignal
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Call after the commit that made work.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Returns when woken, or when <paramref name="longest"/> has passed.</summary>
    /// <param name="longest">The longest wait: work can also come from an instance that died after its commit.</param>
    /// <param name="clock">Measures the wait.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing woke the loop in time: it looks all the same.
        }
    }
}
