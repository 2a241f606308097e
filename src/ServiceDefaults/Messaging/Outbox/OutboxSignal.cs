using System.Threading.Channels;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>
/// Wakes this instance's relay when a transaction of this instance has committed outbox rows; many calls while the
/// relay works are one.
/// </summary>
public sealed class OutboxSignal
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Call after the commit.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Returns when woken, or when <paramref name="longest"/> has passed.</summary>
    internal async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing woke us in time: look anyway, for rows that another, dead instance left behind.
        }
    }
}
