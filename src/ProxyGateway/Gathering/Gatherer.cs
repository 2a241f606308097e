using System.Threading.Channels;
using Npgsql;

namespace PhoneMasking.ProxyGateway.Gathering;

/// <summary>
/// Turns many small writes into few large ones: what arrives while a statement runs goes into the next one. Nothing waits
/// for a batch to fill, so a lone item is not delayed.
/// </summary>
/// <typeparam name="TItem">What is written.</typeparam>
internal sealed class Gatherer<TItem> : IAsyncDisposable
{
    private readonly Channel<Entry> _queue;
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task> _write;
    private readonly int _maxBatch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _workers;

    /// <summary>Starts the workers.</summary>
    /// <param name="workers">Statements under way at the same time, at least 1.</param>
    /// <param name="maxBatch">The most items in a statement.</param>
    /// <param name="capacity">The most items that wait; beyond it <see cref="AddAsync"/> waits.</param>
    /// <param name="write">Writes a batch, all or nothing.</param>
    public Gatherer(int workers, int maxBatch, int capacity, Func<IReadOnlyList<TItem>, CancellationToken, Task> write)
    {
        _write = write;
        _maxBatch = maxBatch;
        _queue = Channel.CreateBounded<Entry>(capacity);
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Completes when the item has been committed.</summary>
    /// <param name="item">What to write.</param>
    /// <param name="cancellationToken">Ends the waiting; the item may be written all the same.</param>
    /// <exception cref="NpgsqlException">The database refused it or is away.</exception>
    public async Task AddAsync(TItem item, CancellationToken cancellationToken)
    {
        var entry = new Entry(item, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
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
                batch.Add(entry);
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
            await _write(Array.ConvertAll(batch, entry => entry.Item), _stop.Token);
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
            if (batch.Length > 1 && failure is not NpgsqlException { IsTransient: true })
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

    private sealed record Entry(TItem Item, TaskCompletionSource Done);
}
