using System.Threading.Channels;

namespace PhoneMasking.OpsConsole.Live;

/// <summary>One open page that listens; whatever happens while it is busy comes as one.</summary>
/// <param name="clock">Measures its waits.</param>
/// <param name="leave">Ends the listening.</param>
internal sealed class LiveListener(TimeProvider clock, Action<LiveListener> leave) : IDisposable
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that something happened.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits until something happens.</summary>
    /// <param name="longest">The longest wait.</param>
    /// <param name="end">The page was closed, or the console stops.</param>
    public async Task<Heard> WaitAsync(TimeSpan longest, CancellationToken end)
    {
        using var deadline = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, deadline.Token);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
            return Heard.Something;
        }
        catch (OperationCanceledException)
        {
            return end.IsCancellationRequested ? Heard.End : Heard.Nothing;
        }
    }

    /// <summary>Lets more happen, so that a burst becomes one update; returns early at the end.</summary>
    /// <param name="interval">How long.</param>
    /// <param name="end">The page was closed, or the console stops.</param>
    public async Task GatherAsync(TimeSpan interval, CancellationToken end) =>
        await Task.Delay(interval, clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc />
    public void Dispose() => leave(this);
}

/// <summary>Every way that waiting can end.</summary>
internal enum Heard
{
    /// <summary>The time is over.</summary>
    Nothing = 0,

    /// <summary>Something happened.</summary>
    Something = 1,

    /// <summary>There is nobody to tell any more.</summary>
    End = 2,
}
