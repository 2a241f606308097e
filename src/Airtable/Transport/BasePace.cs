using System.Threading.RateLimiting;

namespace PhoneMasking.Airtable.Transport;

/// <summary>
/// Keeps the requests to one base to so many a second, in the order in which they came, and to none during a pause.
/// </summary>
/// <remarks>
/// A permit goes back a good second after the answer came, so that within any second no more requests arrive than there
/// are permits, however long they were on their way, and although a timer may be early and clocks differ. The limiters
/// with a clock of their own know no TimeProvider.
/// </remarks>
internal sealed class BasePace : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.1);

    private readonly ConcurrencyLimiter _permits;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    public BasePace(AirtableApiOptions options, TimeProvider clock)
    {
        _clock = clock;
        _permits = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.RequestsPerSecond,
            QueueLimit = options.MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Waits for its turn.</summary>
    /// <returns>The permit, to be disposed of when the answer is there; null when too many wait already.</returns>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        var lease = await _permits.AcquireAsync(1, cancellationToken);
        if (!lease.IsAcquired)
        {
            return null;
        }

        try
        {
            while (LeftOfPause() is { } left)
            {
                await Task.Delay(left, _clock, cancellationToken);
            }

            return new Permit(lease, _clock);
        }
        catch (OperationCanceledException)
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Lets nothing pass for a while; never shortens a pause.</summary>
    public void Pause(TimeSpan time)
    {
        var until = _clock.GetUtcNow() + time;
        lock (_gate)
        {
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    public void Dispose() => _permits.Dispose();

    private TimeSpan? LeftOfPause()
    {
        lock (_gate)
        {
            var left = _pausedUntil - _clock.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private sealed class Permit(RateLimitLease lease, TimeProvider clock) : IDisposable
    {
        public void Dispose() => _ = ReturnAsync();

        private async Task ReturnAsync()
        {
            await Task.Delay(Window, clock);
            lease.Dispose();
        }
    }
}
