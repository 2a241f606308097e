namespace PhoneMasking.Simulator.Messages;

/// <summary>
/// Runs small actions when their time has come, one after the other: those due at the same time in the order they
/// were scheduled, so that a handset gets a burst in the order it was accepted.
/// </summary>
internal sealed class Timeline(TimeProvider clock) : BackgroundService
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _queue = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _gate = new();
    private long _order;

    /// <summary>Runs the action after a time. The action must not throw and must not take long.</summary>
    public void Schedule(TimeSpan after, Action action)
    {
        bool isNext;
        lock (_gate)
        {
            var due = (clock.GetUtcNow() + after, ++_order);
            isNext = !_queue.TryPeek(out _, out var head) || due.CompareTo(head) < 0;
            _queue.Enqueue(action, due);
        }

        if (isNext)
        {
            _wake.Release();
        }
    }

    /// <summary>Forgets what is planned.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _queue.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(
            static wake => ((SemaphoreSlim)wake!).Release(),
            _wake,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Timeout.InfiniteTimeSpan;
            while (TryTakeDue(out var action, ref wait))
            {
                action();
            }

            timer.Change(wait, Timeout.InfiniteTimeSpan);
            await _wake.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryTakeDue(out Action action, ref TimeSpan wait)
    {
        lock (_gate)
        {
            if (!_queue.TryPeek(out action!, out var head))
            {
                return false;
            }

            var left = head.Due - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                // A timer counts whole milliseconds: round up, or the loop spins on the last fraction.
                wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
                return false;
            }

            _queue.Dequeue();
            return true;
        }
    }
}
