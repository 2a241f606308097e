using System.Threading.Channels;
using Npgsql;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ProxyGateway.Gathering;

/// <summary>
/// Turns many small writes into few large ones: what arrives while a statement runs goes into the next one. Nothing waits
/// for a batch to fill, so a lone item is not delayed.
/// </summary>
/// <typeparam name="TItem">What is written.</typeparam>
internal sealed class Gatherer<TItem> : IAsyncDisposable
{
    /// <summary>
    /// How long a batch is tried again when the database is away for a moment, and the waits in between: a restart, a
    /// deadlock or a pool of stale connections is then not noticed. Below the 1.8 s that a webhook waits.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Channel<Entry> _queue;
    private readonly TimeProvider _clock;
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task> _write;
    private readonly int _maxBatch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _workers;

    /// <summary>Starts the workers.</summary>
    /// <param name="workers">Statements under way at the same time, at least 1.</param>
    /// <param name="maxBatch">The most items in a statement.</param>
    /// <param name="capacity">The most items that wait; beyond it <see cref="AddAsync"/> waits.</param>
    /// <param name="clock">Measures how long a batch is tried.</param>
    /// <param name="write">Writes a batch, all or nothing; may be called again with what it has written already.</param>
    public Gatherer(
        int workers,
        int maxBatch,
        int capacity,
        TimeProvider clock,
        Func<IReadOnlyList<TItem>, CancellationToken, Task> write)
    {
        _clock = clock;
        _write = write;
        _maxBatch = maxBatch;
        _queue = Channel.CreateBounded<Entry>(capacity);
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Completes when the item has been committed.</summary>
    /// <param name="item">What to write.</param>
    /// <param name="cancellationToken">
    /// Ends the waiting. An item whose turn has not come by then is dropped; one under way may be written all the same.
    /// </param>
    /// <exception cref="NpgsqlException">The database refused it or is away.</exception>
    public async Task AddAsync(TItem item, CancellationToken cancellationToken)
    {
        var entry = new Entry(
            item,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            cancellationToken);
        await _queue.Writer.WriteAsync(entry, cancellationToken);
        await entry.Done.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(10));
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        var batch = new List<Entry>(_maxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < _maxBatch && _queue.Reader.TryRead(out var entry))
            {
                if (!entry.Abandoned.IsCancellationRequested)
                {
                    batch.Add(entry);
                }
            }

            if (batch.Count > 0)
            {
                await WriteAsync([.. batch]);
            }
        }
    }

    private async Task WriteAsync(Entry[] batch)
    {
        try
        {
            await TryAsync(batch);
            foreach (var entry in batch)
            {
                entry.Done.TrySetResult();
            }
        }
#pragma warning disable CA1031 // Handed to whoever added the item.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // One item that the database refuses must not take the others with it; when the database is away, all go.
            if (batch.Length > 1 && !DatabaseFault.IsTransient(failure))
            {
                foreach (var entry in batch)
                {
                    await WriteAsync([entry]);
                }

                return;
            }

            foreach (var entry in batch)
            {
                entry.Done.TrySetException(failure);
            }
        }
    }

    private async Task TryAsync(Entry[] batch)
    {
        var started = _clock.GetTimestamp();
        for (var again = false; batch.Length > 0; again = true)
        {
            try
            {
                await _write(Array.ConvertAll(batch, entry => entry.Item), _stop.Token);
                return;
            }
            catch (Exception failure) when (DatabaseFault.IsTransient(failure) && _clock.GetElapsedTime(started) < Patience)
            {
                // At once the first time: what failed may have been a connection that a restart left behind in the pool.
                if (again)
                {
                    await Task.Delay(Pause, _clock, _stop.Token);
                }

                // Whoever has given up waiting was told that nothing was stored.
                batch = Array.FindAll(batch, entry => !entry.Abandoned.IsCancellationRequested);
            }
        }
    }

    private sealed record Entry(TItem Item, TaskCompletionSource Done, CancellationToken Abandoned);
}
